#include "tests/bench/peer_figures.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <utility>

#include "tests/bench/child_run.h"

namespace rw::bench {

namespace {

constexpr const char* kUnmeasured = "–";

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double cpuOf(int who) {
    rusage usage{};
    getrusage(who, &usage);
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::string millions(double rate) {
    return rate > 0 ? fmt::format("{:.3g}", rate / 1e6) : kUnmeasured;
}

std::string timesText(double ours, double theirs) {
    if (!(ours > 0 && theirs > 0)) return kUnmeasured;
    const double times = ours / theirs;
    return times < 100 ? fmt::format("{:.3g}", times) : fmt::format("{:.0f}", times);
}

}  // namespace

PeerFigures peerFigures(const char* variable, const std::string& peer,
                        const std::vector<std::string>& words) {
    PeerFigures figures;
    const char* const python = std::getenv(variable);
    if (python == nullptr || *python == '\0') {
        fmt::print("{}: not measured, {} names no Python that has it (tests/run --bench --models)\n", peer,
                   variable);
        return figures;
    }
    const testing::ScratchFolder scratch("bench_peer");
    std::vector<std::string> command{python, std::string(RILLWRIGHT_SOURCE "/tests/bench/") + words.front()};
    command.insert(command.end(), words.begin() + 1, words.end());
    const std::filesystem::path log = scratch.path() / "log";
    if (testing::runChild(command, scratch.path(), log).exitStatus != 0) {
        fmt::print("{}: not measured, {} failed:\n{}\n", peer, words.front(), textOf(log));
        return figures;
    }
    std::ifstream lines(log);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t blank = line.rfind(' ');
        if (blank == std::string::npos) continue;
        char* end = nullptr;
        const double figure = std::strtod(line.c_str() + blank, &end);
        if (*end == '\0') figures[line.substr(0, blank)] = figure;
    }
    return figures;
}

double figureOf(const PeerFigures& figures, const std::string& name) {
    const auto found = figures.find(name);
    return found == figures.end() ? 0 : found->second;
}

double cpuSeconds() {
    return cpuOf(RUSAGE_SELF) + cpuOf(RUSAGE_CHILDREN);
}

BesideTable::BesideTable(const std::string& what, std::vector<std::string> peers)
    : m_peers(std::move(peers)) {
    fmt::print("{:<46}{:>12}", what, "Rillwright");
    for (const std::string& peer : m_peers) fmt::print("{:>14}{:>9}", peer, "times");
    fmt::print("\n");
}

void BesideTable::add(const std::string& name, double ours, const std::vector<double>& theirs) {
    fmt::print("{:<46}{:>12}", name, millions(ours));
    std::string row = fmt::format("| {} | {} |", name, millions(ours));
    for (const double rate : theirs) {
        fmt::print("{:>14}{:>9}", millions(rate), timesText(ours, rate));
        row += fmt::format(" {} | {} |", millions(rate), timesText(ours, rate));
    }
    fmt::print("\n");
    std::fflush(stdout);
    m_rows.push_back(std::move(row));
}

}  // namespace rw::bench
