import getpass

import partner


def main() -> None:
    session = partner.open_session(getpass.getpass())
    for customer in session.customers():
        try:
            print(customer["id"], session.orders(customer))
        except KeyError as error:
            print(error)


if __name__ == "__main__":
    main()
