#include "tests/simulate/taping.h"

#include <fmt/format.h>

#include <utility>

#include "core/base/random.h"
#include "core/tape/tape_player.h"
#include "core/tape/tape_writer.h"
#include "tests/simulate/promises.h"
#include "tests/simulate/weather.h"
#include "tests/simulate/world.h"
#include "tests/support/connected_node.h"
#include "tests/support/tape_in_memory.h"

namespace rw::simulated {

namespace {

bool hasAll(const TapeFile& tape) {
    return tape.whole() && !tape.end().stopped && tape.end().failed.ok();
}

struct Replayed {
    Status status{};    ///< of the run; one that failed ends its replay, too
    Outputs outputs{};  ///< of one that ended well: what is promised of them
    Outputs all{};      ///< the same, and the rest
    bool operator==(const Replayed& other) const {
        return status.ok() == other.status.ok() && outputs == other.outputs;
    }
};

/// In a world of its own.
Replayed replay(const TapeFileRef& tape, const SunkPipeline& sunk, const PlanFn& plan, std::uint64_t seed) {
    World world(seed, sunk);
    Chance chance(seed);
    RunOptions options = world.options(chance.next());
    options.replay = makeTapePlayer(tape, 0.0);
    options.batchRows = chance.pick<std::size_t>({1, 7, 4'096});
    const int asked = test::GreetingService::instance().asked;
    const auto run = Run::start(plan(chance.pick({1, 2, 3, 5})), options);
    if (!run.ok()) return {run.status(), {}, {}};
    (*run)->wait();
    if (test::GreetingService::instance().asked != asked)
        return {Status(ErrorCode::Internal, RW_TEXT("simulate", "It asks a service.")), {}, {}};
    if (!(*run)->status().ok()) return {(*run)->status(), {}, {}};
    Outputs all = world.outputRows();
    return {{}, replayable(all), all};
}

std::string flipped(std::string bytes, std::uint64_t seed) {
    char& byte = bytes[static_cast<std::size_t>(splitMix64(seed, 1) % bytes.size())];
    byte = static_cast<char>(byte ^ (1 << splitMix64(seed, 2) % 8));
    return bytes;
}

}  // namespace

void Taping::record(RunOptions& options, int leg) {
    m_path.clear();
    if (!m_records || options.restore) return;
    m_path = fmt::format("{}/leg_{}.tape", kFolder, leg);
    TapeWriterOptions writing;
    writing.path = writing.shown = m_path;
    writing.document = {"a story", {}, fmt::format("{}/p.rill", kFolder)};
    options.record = makeTapeRecorder(writing);
}

void Taping::take(const Disk& disk, std::optional<Outputs> outputs) {
    const DiskFileRef file = m_path.empty() ? nullptr : disk.find(m_path);
    if (file) m_left.push_back({file->now, std::move(outputs)});
}

void Taping::ended(const Disk& disk, Outputs outputs) {
    take(disk, std::move(outputs));
}

void Taping::restarted(const Disk& disk) {
    take(disk, std::nullopt);
}

std::string Taping::judge(const SunkPipeline& sunk, const PlanFn& plan, const Outputs& whole, int newest,
                          TapeTally& tally) const {
    std::uint64_t drawn = splitMix64(m_seed, 7);
    for (const Left& left : m_left) {
        const auto opened = test::readTape(left.bytes);
        if (left.outputs && (!opened.ok() || !hasAll(**opened)))
            return "the tape of an undisturbed leg is not whole";
        if (!opened.ok()) {
            ++tally.unread;
            continue;
        }
        const bool all = hasAll(**opened);
        const bool failed = (*opened)->whole() && !(*opened)->end().failed.ok();
        const Replayed once = replay(*opened, sunk, plan, ++drawn);
        // A failure of a source repeats itself, a failure elsewhere does not.
        if (!once.status.ok() && !failed) return "a tape can't be replayed: " + english(once.status.error());
        if (left.outputs && once.outputs != replayable(*left.outputs))
            return "a replay of a whole tape has other rows than the run";
        if (all && promised(once.outputs) != promised(whole))
            return "a replay of a whole tape lacks rows, or has some twice";
        if (std::string wrong = brokenPromise(whole, once.all, newest, false); !wrong.empty())
            return "in a replay " + wrong;
        if (replay(*opened, sunk, plan, ++drawn) != once) return "two replays of a tape differ";
        ++(all ? tally.replayed : tally.cut);
        const auto rotten = test::readTape(flipped(left.bytes, ++drawn));
        ++tally.rotten;
        if (!rotten.ok() || !hasAll(**rotten)) continue;
        const Replayed other = replay(*rotten, sunk, plan, ++drawn);
        if (other.status.ok() && other != once) return "a tape with a wrong bit is believed";
    }
    return {};
}

}  // namespace rw::simulated
