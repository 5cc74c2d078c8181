// Which random cases a suite tries. The numbers stand in random_cases.def, cases that found a fault in
// kept_seeds.def.
//
// $RILLWRIGHT_SEED, any text, makes the fresh cases other ones, and tries all of them, as CI does. Without it
// they are the seeds from 1 on, and a third of them where a suite has more than a thousand.
// $RILLWRIGHT_CASES=N tries N fresh cases of each suite, as many as one likes by hand.
// $RILLWRIGHT_CASE=N tries the seed N alone, as a failure names it: then a condition of a test on all cases
// together ("enough of them had late rows") can fail.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace rw::test {

struct Suite {
    std::string_view name;
    std::uint32_t cases, sanitized;
};

namespace suites {
#define RW_SUITE(name, cases, sanitized) inline constexpr Suite name{#name, cases, sanitized};
#include "tests/support/random_cases.def"
#undef RW_SUITE
}  // namespace suites

/// $RILLWRIGHT_SEED; empty: none is given.
inline std::string_view givenSeed() {
    const char* given = std::getenv("RILLWRIGHT_SEED");
    return given ? given : "";
}

/// How many fresh cases a suite tries in this build.
inline std::uint32_t casesOf(const Suite& suite) {
    if (const char* number = std::getenv("RILLWRIGHT_CASES"); number && *number)
        return static_cast<std::uint32_t>(std::strtoul(number, nullptr, 10));
#ifdef RILLWRIGHT_SANITIZED
    return suite.sanitized;
#else
    return suite.cases > 1'000 && givenSeed().empty() ? suite.cases / 3 : suite.cases;
#endif
}

/// The first of the fresh seeds: 1, or a number below 2^30 that depends on $RILLWRIGHT_SEED and the suite.
inline std::uint32_t firstSeedOf(const Suite& suite) {
    if (givenSeed().empty()) return 1;
    std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
    for (const std::string_view text : {suite.name, givenSeed()}) {
        for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }
    return 1 + static_cast<std::uint32_t>((hash ^ hash >> 32) & 0x3fffffff);
}

/// The seeds to try: those kept of the suite, then the fresh ones in a row.
inline std::vector<std::uint32_t> seedsOf(const Suite& suite) {
    if (const char* only = std::getenv("RILLWRIGHT_CASE"); only && *only)
        return {static_cast<std::uint32_t>(std::strtoul(only, nullptr, 10))};
    struct Kept {
        const Suite& suite;
        std::uint32_t seed;
    };
    using namespace suites;
    const std::vector<Kept> kept{
#define RW_KEPT(suite, seed) {suite, seed},
#include "tests/support/kept_seeds.def"
#undef RW_KEPT
    };
    std::vector<std::uint32_t> seeds;
    for (const Kept& each : kept) {
        if (each.suite.name == suite.name) seeds.push_back(each.seed);
    }
    const std::uint32_t first = firstSeedOf(suite);
    for (std::uint32_t i = 0; i < casesOf(suite); ++i) seeds.push_back(first + i);
    return seeds;
}

/// Before the first property of a program that RapidCheck tries: the cases of the suite for each property.
/// Settings in RC_PARAMS stay.
inline void tryCases(const Suite& suite) {
    const std::string params = "seed=" + std::to_string(firstSeedOf(suite)) +
                               " max_success=" + std::to_string(casesOf(suite));
    ::setenv("RC_PARAMS", params.c_str(), 0);
}

}  // namespace rw::test
