// Its precompiled headers are what the tests share: they must be those of an executable.
int main() {}
