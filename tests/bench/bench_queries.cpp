// bench_queries [ROWS] [--only QUERY]… [--markdown PAGE]… : how fast the built program takes the files of an
// auction house through the pipelines in `queries`, and others beside it.
//
// RILLWRIGHT_PEERS names a Python that has DuckDB and Polars, RILLWRIGHT_LIMIT the hand-tuned program;
// without them only the built program is measured. Runs are interleaved, each by a process of its own, and
// the best of three counts: ours from its start to its exit, others as they say, without their start. All
// write their result to a file, of which the rows must be the same, but for the hand-tuned program, which
// only counts them. --markdown puts the tables into a page that has places for them.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "core/pipeline/pipeline.h"
#include "tests/bench/bids.h"
#include "tests/bench/child_run.h"
#include "tests/bench/figures.h"

namespace fs = std::filesystem;
using namespace rw::bench;
using rw::testing::ChildEnd;

namespace {

constexpr int kRounds = 3;
constexpr std::uint64_t kBytesPerRow = 400;  // of the files and two results
constexpr const char* kQueryFolder = RILLWRIGHT_SOURCE "/tests/bench/queries";
constexpr const char* kPeersScript = RILLWRIGHT_SOURCE "/tests/bench/peers.py";

struct Query {
    const char* name;
    bool bids = true, persons = false, auctions = false;  ///< which files it reads
    const char* handTuned = nullptr;                      ///< its name there
    std::size_t handTunedDegrees = kDegrees;
};

// Of pass the hand-tuned program reads two columns; the pipeline checks all six, as Qparse does.
const Query kQueries[] = {{.name = "pass", .handTuned = "Qparse"},
                          {.name = "calc"},
                          {.name = "few", .handTuned = "Qfew"},
                          {.name = "many", .handTuned = "Qmany"},
                          {.name = "q5", .handTuned = "Q5"},
                          {.name = "q7", .handTuned = "Q7"},
                          {.name = "q8", .bids = false, .persons = true, .auctions = true},
                          {.name = "q11", .handTuned = "Q11", .handTunedDegrees = 1},
                          {.name = "hist", .handTuned = "Qhist"},
                          {.name = "interval_join", .auctions = true},
                          {.name = "top_10"}};

/// A way to answer queries. A side may have several: the quicker one of each query counts.
struct Way {
    Side side = kOurs;
    std::function<std::vector<std::string>(const std::string& query, const std::string& threads)> words{};
};

struct Options {
    std::uint64_t rows = 10'000'000;
    std::vector<std::string> only{};
    std::vector<fs::path> pages{};
};

constexpr const char *kPeers = "RILLWRIGHT_PEERS", *kLimit = "RILLWRIGHT_LIMIT";

/// The program that a variable names, from wherever it is run; the empty text when it names none.
std::string programIn(const char* variable) {
    const char* path = std::getenv(variable);
    return path && *path ? fs::absolute(path).string() : std::string();
}

Options optionsOf(int argc, char** argv) {
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--only" && i + 1 < argc) {
            options.only.emplace_back(argv[++i]);
        } else if (word == "--markdown" && i + 1 < argc) {
            options.pages.emplace_back(argv[++i]);
        } else {
            options.rows = std::strtoull(word.c_str(), nullptr, 10);
        }
    }
    const bool whole = options.only.empty() && !programIn(kPeers).empty();
    if (options.rows > 0 && (whole || options.pages.empty())) return options;
    fmt::print(stderr,
               "bench_queries [ROWS] [--only QUERY]… [--markdown PAGE]…\n"
               "A page takes the figures of all queries, with those of DuckDB and Polars: tests/run --bench "
               "--peers\n");
    std::exit(2);
}

std::vector<Way> waysThere(const std::string& program) {
    std::vector<Way> ways{
        {kOurs, [program](const std::string& query, const std::string& threads) {
             return std::vector<std::string>{program, "run", query + ".rill", "--parallelism", threads};
         }}};
    if (const std::string python = programIn(kPeers); !python.empty()) {
        const auto add = [&](Side side, const std::string& engine) {
            ways.push_back({side, [=](const std::string& query, const std::string& threads) {
                                return std::vector<std::string>{python, kPeersScript, engine, query, threads};
                            }});
        };
        add(kDuckDb, "duckdb");
        add(kPolars, "polars-streaming");
        add(kPolars, "polars-in-memory");
    }
    if (const std::string handTuned = programIn(kLimit); !handTuned.empty()) {
        ways.push_back({kHandTuned, [handTuned](const std::string& query, const std::string& threads) {
                            return std::vector<std::string>{handTuned, query,      "read",
                                                            threads,   "bids.csv", "1"};
                        }});
    }
    return ways;
}

bool has(const Way& way, const Query& query, std::size_t degree) {
    return way.side != kHandTuned || (query.handTuned && degree < query.handTunedDegrees);
}

/// A late or a rejected row would be missing in our result only.
void requireAllRows(const std::string& program, const Query& query, const fs::path& folder) {
    runOrEnd({program, "run", fmt::format("{}.rill", query.name), "--metrics", "metrics.json"}, folder,
             folder / "log");
    const rw::Json metrics = rw::Json::parse(textOf(folder / "metrics.json"));
    const auto late = metrics.at("late").get<std::uint64_t>(),
               rejected = metrics.at("rejected").get<std::uint64_t>();
    if (late == 0 && rejected == 0) return;
    fmt::print(stderr, "{}: {} rows were late, {} rejected\n", query.name, late, rejected);
    std::exit(1);
}

/// “sec=1.25” in the program's output.
double secondsSaid(const fs::path& log) {
    const std::string said = textOf(log);
    const std::size_t at = said.rfind("sec=");
    const double seconds = at == std::string::npos ? 0 : std::strtod(said.c_str() + at + 4, nullptr);
    if (seconds > 0) return seconds;
    fmt::print(stderr, "No seconds were said:\n{}", said);
    std::exit(1);
}

void runOnce(const Way& way, const Query& query, std::size_t degree, const fs::path& folder,
             QueryFigures& figures) {
    const fs::path log = folder / "log", out = folder / "out.csv";
    Best& best = figures.best[way.side][degree];
    fs::remove(out);
    const char* name = way.side == kHandTuned ? query.handTuned : query.name;
    const ChildEnd end = runOrEnd(way.words(name, std::to_string(degree + 1)), folder, log);
    const double seconds = way.side == kOurs ? end.seconds : secondsSaid(log);
    const bool first = best.seconds == 0;
    if (first || seconds < best.seconds) {
        best.seconds = seconds;
        best.peakMib = end.peakMib;
    }
    if (way.side == kHandTuned) return;
    // Each run of each way must give the result: a different one stays on the disk.
    const ResultSum result = sumOf(out);
    if (first || best.result == figures.best[kOurs].front().result) best.result = result;
}

QueryFigures measure(const Query& query, const std::vector<Way>& ways, const AuctionHouseRows& rows,
                     const fs::path& folder) {
    QueryFigures figures;
    figures.query = query.name;
    figures.rows = (query.bids ? rows.bids : 0) + (query.persons ? rows.persons : 0) +
                   (query.auctions ? rows.auctions : 0);
    for (int round = 0; round < kRounds; ++round) {
        for (std::size_t degree = 0; degree < kDegrees; ++degree) {
            for (const Way& way : ways)
                if (has(way, query, degree)) runOnce(way, query, degree, folder, figures);
        }
    }
    fmt::print("{}", figures.lines());
    std::fflush(stdout);
    return figures;
}

/// The value behind the name on a line of the file: “NAME…: value”, “NAME="value"”.
std::string valueIn(const fs::path& path, const std::string& name) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with(name)) continue;
        std::string value = line.substr(line.find_first_of(":=") + 1);
        std::erase(value, '"');
        return value.substr(std::min(value.find_first_not_of(' '), value.size()));
    }
    return {};
}

/// The machine and its software, without words of a language.
std::string machine(const fs::path& folder) {
    std::string text =
        fmt::format("{} × {}, {}", std::thread::hardware_concurrency(),
                    valueIn("/proc/cpuinfo", "model name"), valueIn("/etc/os-release", "PRETTY_NAME"));
    if (const std::string python = programIn(kPeers); !python.empty()) {
        runOrEnd({python, kPeersScript, "versions"}, folder, folder / "log");
        const std::string versions = textOf(folder / "log");
        text += ", " + versions.substr(0, versions.find('\n'));
    }
    return text;
}

}  // namespace

int main(int argc, char** argv) {
    const Options options = optionsOf(argc, argv);
    const std::string program = builtProgram();
    // In memory where that has the room: no disk is measured.
    std::error_code none;
    if (fs::space("/dev/shm", none).available > options.rows * kBytesPerRow && !none)
        setenv("TMPDIR", "/dev/shm", 1);
    const rw::testing::ScratchFolder scratch("bench");
    const fs::path& folder = scratch.path();
    fs::copy(kQueryFolder, folder);
    const AuctionHouseRows rows = writeAuctionHouse(folder, options.rows);
    const std::string where = machine(folder);
    fmt::print("{} bids, {} persons, {} auctions; {}\nM rows/s with one thread / with two\n", rows.bids,
               rows.persons, rows.auctions, where);

    const std::vector<Way> ways = waysThere(program);
    std::vector<std::string> speed, memory;
    bool agree = true;
    for (const Query& query : kQueries) {
        if (!options.only.empty() && std::ranges::find(options.only, query.name) == options.only.end())
            continue;
        requireAllRows(program, query, folder);
        const QueryFigures figures = measure(query, ways, rows, folder);
        speed.push_back(figures.speedRow());
        memory.push_back(figures.memoryRow());
        agree = agree && figures.agree();
    }
    for (const fs::path& page : options.pages) {
        fillPage(page, "speed", 2, speed);
        fillPage(page, "memory", 2, memory);
        fillPage(page, "machine", 0,
                 {fmt::format("{}; {} / {} / {}", where, rows.bids, rows.persons, rows.auctions)});
    }
    return agree ? 0 : 1;
}
