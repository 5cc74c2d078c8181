// The program whose precompiled headers the unit tests take over.
int main() {
    return 0;
}
