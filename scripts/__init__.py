"""What is run by hand or by make: pictures of the pages, documents made from the code, what the tests need."""
