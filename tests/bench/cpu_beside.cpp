#include "tests/bench/cpu_beside.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "tests/bench/child_run.h"

namespace rw::bench {

namespace {

constexpr int kTurns = 5;

struct Times {
    std::vector<double> cpu{}, clock{};
    double peakMib = 0;

    void add(const testing::ChildEnd& end) {
        cpu.push_back(end.cpuSeconds);
        clock.push_back(end.seconds);
        peakMib = std::max(peakMib, end.peakMib);
    }
};

double medianOf(std::vector<double> numbers) {
    std::sort(numbers.begin(), numbers.end());
    return numbers[numbers.size() / 2];
}

void printTimes(const std::string& name, const Times& times, std::uint64_t rows) {
    const double cpu = medianOf(times.cpu), clock = medianOf(times.clock);
    fmt::print("  {:<36} {:>7.2f} M rows per CPU second {:>7.2f} M rows/s {:>6.0f} MiB\n", name,
               static_cast<double>(rows) / cpu / 1e6, static_cast<double>(rows) / clock / 1e6, times.peakMib);
}

}  // namespace

void printBeside(const std::string& what, const Way& bare, const Way& ours, std::uint64_t rows,
                 const std::filesystem::path& folder) {
    Times ofBare, ofOurs;
    for (int turn = 0; turn < kTurns; ++turn) {
        ofBare.add(runOrEnd(bare.words, folder, folder / "log"));
        ofOurs.add(runOrEnd(ours.words, folder, folder / "log"));
    }
    fmt::print("{}\n", what);
    printTimes(bare.name, ofBare, rows);
    printTimes(ours.name, ofOurs, rows);
    fmt::print("  per CPU second {:.0f} % of that\n", 100 * medianOf(ofBare.cpu) / medianOf(ofOurs.cpu));
    std::fflush(stdout);
}

std::string thisProgram() {
    return std::filesystem::read_symlink("/proc/self/exe").string();
}

}  // namespace rw::bench
