#include "tests/bench/figures.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/bench/child_run.h"

namespace rw::bench {

namespace {

constexpr std::array<const char*, kSides> kNames{"Rillwright", "DuckDB", "Polars", "hand-tuned"};
constexpr const char* kNone = "–";

double millionRows(const QueryFigures& figures, Side side, std::size_t degree) {
    const double seconds = figures.best[side][degree].seconds;
    return seconds > 0 ? static_cast<double>(figures.rows) / seconds / 1e6 : 0;
}

/// How many times as fast as the side we are; 0 when it does not have the query.
double times(const QueryFigures& figures, Side side, std::size_t degree) {
    return figures.best[side][degree].seconds / figures.best[kOurs][degree].seconds;
}

/// “12.3 / 24.5”, of one thread and of two.
template <class Value>
std::string eachDegree(int digits, const Value& value) {
    std::string text;
    for (std::size_t degree = 0; degree < kDegrees; ++degree) {
        const double number = value(degree);
        text += fmt::format("{}{}", degree > 0 ? " / " : "",
                            number > 0 ? fmt::format("{:.{}f}", number, digits) : kNone);
    }
    return text;
}

std::string speeds(const QueryFigures& figures, Side side) {
    return eachDegree(1, [&](std::size_t degree) { return millionRows(figures, side, degree); });
}

std::string ratios(const QueryFigures& figures, Side side) {
    return eachDegree(2, [&](std::size_t degree) { return times(figures, side, degree); });
}

std::string memory(const QueryFigures& figures, Side side) {
    const Best& best = figures.best[side].back();
    return best.seconds > 0 ? fmt::format("{:.0f}", best.peakMib) : kNone;
}

}  // namespace

bool QueryFigures::agree() const {
    const ResultSum& ours = best[kOurs].front().result;
    for (const Side side : {kOurs, kDuckDb, kPolars}) {
        for (const Best& one : best[side])
            if (one.seconds > 0 && one.result != ours) return false;
    }
    return true;
}

std::string QueryFigures::lines() const {
    std::string text;
    for (const Side side : {kOurs, kDuckDb, kPolars, kHandTuned}) {
        if (best[side].front().seconds == 0) continue;
        text += fmt::format("{:<14}{:<11}{:>15} M rows/s {:>6} MiB", side == kOurs ? query : "", kNames[side],
                            speeds(*this, side), memory(*this, side));
        if (side != kOurs) text += fmt::format("   we are {} times as fast", ratios(*this, side));
        text += '\n';
    }
    const ResultSum& ours = best[kOurs].front().result;
    text += fmt::format("{:<14}{} rows, sum {:016x}\n", "", ours.rows, ours.sum);
    if (agree()) return text;
    text += "RESULTS DIFFER:\n";
    for (const Side side : {kOurs, kDuckDb, kPolars}) {
        for (std::size_t degree = 0; degree < kDegrees; ++degree) {
            const Best& one = best[side][degree];
            if (one.seconds == 0) continue;
            text += fmt::format("{:<14}{:<11}threads: {}, rows: {}, sum: {:016x}\n", "", kNames[side],
                                degree + 1, one.result.rows, one.result.sum);
        }
    }
    return text;
}

std::string QueryFigures::speedRow() const {
    return fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} {} |", query, speeds(*this, kOurs),
                       speeds(*this, kDuckDb), ratios(*this, kDuckDb), speeds(*this, kPolars),
                       ratios(*this, kPolars), speeds(*this, kHandTuned), ratios(*this, kHandTuned),
                       best[kOurs].front().result.rows, agree() ? "✓" : "≠");
}

std::string QueryFigures::memoryRow() const {
    return fmt::format("| {} | {} | {} | {} | {} |", query, memory(*this, kOurs), memory(*this, kDuckDb),
                       memory(*this, kPolars), memory(*this, kHandTuned));
}

std::vector<std::filesystem::path> pagesIn(int argc, char** argv) {
    std::vector<std::filesystem::path> pages;
    for (int i = 1; i + 1 < argc; ++i) {
        if (argv[i] == std::string("--markdown")) pages.emplace_back(argv[++i]);
    }
    return pages;
}

void fillPage(const std::filesystem::path& page, const std::string& name, std::size_t kept,
              const std::vector<std::string>& lines) {
    const std::string text = textOf(page), begin = fmt::format("[//]: # ({})\n", name);
    const std::size_t head = text.find(begin), place = head + begin.size(),
                      end = head == std::string::npos ? head : text.find("[//]: # (end)", place);
    if (end == std::string::npos) {
        fmt::print(stderr, "{} has no place for {}\n", page.string(), name);
        std::exit(1);
    }
    std::string filled = text.substr(0, place) + '\n';
    std::istringstream there(text.substr(place, end - place));
    for (std::string line; kept > 0 && std::getline(there, line);) {
        if (line.empty()) continue;
        filled += line + '\n';
        --kept;
    }
    for (const std::string& line : lines) filled += line + '\n';
    std::ofstream(page, std::ios::binary) << filled << '\n' << text.substr(end);
}

}  // namespace rw::bench
