"""Header, MY SITES and the menus of the registration site (facts 3.1, 3.2)."""

from __future__ import annotations

from typing import ClassVar

from rpa.pages.employer_search import SearchForEmployer
from rpa.pages.inbox import Inbox
from rpa.portal.find import Button, Control
from rpa.portal.page import Page


class Shell(Page):
    """Any screen of a signed-in user."""

    my_sites = Button(bm="MY SITES", en="My Sites")
    registration_site = Button(bm="PENDAFTARAN", en="REGISTRATION", css="span.site-name")
    landmark: ClassVar[Control] = my_sites


class MySites(Shell):
    """The drop-down at the top right."""

    def registration(self) -> RegistrationSite:
        """MY SITES, PENDAFTARAN."""
        self.my_sites.click()
        self.registration_site.click()
        return RegistrationSite(self.portal)


class RegistrationSite(Page):
    """The registration site with its bar; the menus open on hover."""

    inbox_link = Button(bm="MyASSIST", en="MyASSIST")
    update_menu = Button(bm=("Kemaskini", "Kemas Kini"), en="Update")
    add_new_employee = Button(bm="Tambah Pekerja Baru", en="Update Add New Employee")
    employee_information = Button(en="Update Employee Information (by Employer)")
    landmark: ClassVar[Control] = update_menu

    def inbox(self) -> Inbox:
        """MyASSIST."""
        self.inbox_link.click()
        return Inbox(self.portal)

    def update_add_new_employee(self) -> SearchForEmployer:
        """Kemaskini, Tambah Pekerja Baru (QRG 2, step 2)."""
        self.update_menu.hover()
        self.add_new_employee.click()
        return SearchForEmployer(self.portal)

    def update_employee_information(self) -> SearchForEmployer:
        """Update, Update Employee Information (by Employer)."""
        self.update_menu.hover()
        self.employee_information.click()
        return SearchForEmployer(self.portal)
