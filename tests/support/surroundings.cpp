// Linked into every test of core: the locale of the environment, as Qt sets it in the program. LC_ALL names
// one that ctest has made, or the test must not say that it went well in it.
#include <clocale>
#include <cstdio>
#include <cstdlib>

namespace {

const bool kSurroundings = [] {
    if (std::setlocale(LC_ALL, "") != nullptr) return true;
    std::fputs("LC_ALL names a locale that is not there.\n", stderr);
    std::abort();
}();

}  // namespace
