// A fuzzer for builds without libFuzzer: seeds, and inputs that are made of them by a random number, so that
// a failure can be repeated. What it finds less of, it finds in every run of the tests.
//
//     fuzz_json            the cases of tests/support/random_cases.h
//     fuzz_json FILE …     these inputs alone, as libFuzzer leaves one behind
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>

#include "tests/fuzz/fuzzing.h"
#include "tests/support/random_cases.h"

namespace {

volatile std::sig_atomic_t g_case = 0;

/// Says which case it was before the program ends.
void sayCase(int signal) {
    char text[64];
    const int size = std::snprintf(text, sizeof text, "in case %ld\n", static_cast<long>(g_case));
    if (size > 0) std::fwrite(text, 1, static_cast<std::size_t>(size), stderr);
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

void tryInput(const std::string& input) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

/// Another input: pieces of two that are there, and some bytes changed, left out, put in, or repeated.
std::string made(std::mt19937& random, const std::vector<std::string>& seeds) {
    std::string input = seeds[random() % seeds.size()];
    const std::string& other = seeds[random() % seeds.size()];
    if (random() % 3 == 0)
        input = input.substr(0, random() % (input.size() + 1)) + other.substr(random() % (other.size() + 1));
    for (std::size_t changes = random() % 6; changes > 0; --changes) {
        const std::size_t at = random() % (input.size() + 1);
        switch (random() % 6) {
            case 0:
                if (at < input.size()) input[at] = static_cast<char>(random());
                break;
            case 1:
                if (at < input.size()) input[at] = static_cast<char>(input[at] ^ (1 << random() % 8));
                break;
            case 2:
                input.erase(at, 1 + random() % 8);
                break;
            case 3:
                input.insert(at, 1 + random() % 3, static_cast<char>(random()));
                break;
            case 4:
                input.insert(at, input.substr(at, random() % 32));
                break;
            default:
                input.insert(at, 1, rw::fuzz::kEnd);
                break;
        }
    }
    return input;
}

}  // namespace

int main(int argc, char** argv) {
    using namespace rw::test;
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS}) std::signal(signal, sayCase);
    for (int i = 1; i < argc; ++i) {
        std::ifstream file(argv[i], std::ios::binary);
        tryInput(std::string(std::istreambuf_iterator<char>(file), {}));
    }
    if (argc > 1) return 0;
    const std::vector<std::string> seeds = rw::fuzz::seeds();
    for (const std::string& seed : seeds) tryInput(seed);
    for (const std::uint32_t seed : seedsOf(suites::Fuzz)) {
        g_case = static_cast<std::sig_atomic_t>(seed);
        std::mt19937 random(seed);
        tryInput(made(random, seeds));
    }
    return 0;
}
