// The journal of a source on a disk that dies or fails at any of its calls: what was acknowledged is there,
// in its order and once, and nothing is that was refused.
#include <fmt/format.h>

#include <cerrno>
#include <optional>
#include <string>
#include <vector>

#include "core/connect/journal/journal.h"
#include "tests/simulate/disk.h"
#include "tests/simulate/disk_files.h"
#include "tests/support/expect.h"

using namespace rw;
using namespace rw::simulated;
using rw::test::expect;

namespace {

constexpr const char* kPlace = "/d/.x.rill-journal";
constexpr int kRounds = 12, kInARound = 3;
constexpr std::uint64_t kSmallSegment = 400;  // bytes: some rounds each

using Lines = std::vector<std::string>;

/// A program that uses the journal, as far as it comes.
class Program {
 public:
    explicit Program(Disk& disk) : m_files(outputsOf(disk)) {}

    Status open(const std::optional<JournalPosition>& from = {}) {
        JournalOptions options;
        options.path = kPlace;
        options.id = "first run";
        options.files = m_files;
        options.segmentBytes = kSmallSegment;
        options.memoryBytes = 300;  // less than all: some is read back
        RW_TRY_ASSIGN(m_journal, Journal::open(std::move(options), from));
        return {};
    }
    Status append(const Lines& lines) {
        std::vector<ReceivedMessage> messages;
        for (const std::string& line : lines) messages.emplace_back().value = line;
        return m_journal->append(messages, 7);
    }
    /// All that is there by now.
    Result<Lines> read() {
        Lines lines;
        for (;;) {
            RW_TRY_ASSIGN(const Journal::Read read, m_journal->read({}));
            if (read.messages.empty()) return lines;
            for (std::size_t i = 0; i < read.messages.size(); ++i)
                lines.emplace_back(*read.messages.value(i));
            m_next = read.behind;
        }
    }
    std::uint64_t next() const { return m_next; }
    const std::string& id() const { return m_journal->begin().journal; }
    std::uint64_t begin() const { return m_journal->begin().next; }
    void settle(std::uint64_t settled, std::uint64_t needed) { m_journal->settle(settled, needed); }
    void keepUnreadOnly() { m_journal->keepUnreadOnly(); }
    bool hasTrouble() { return m_journal->takeTrouble().has_value(); }

 private:
    const std::shared_ptr<OutputFiles> m_files;
    std::shared_ptr<Journal> m_journal{};
    std::uint64_t m_next = 0;
};

Lines linesOf(int round) {
    Lines lines;
    for (int i = 0; i < kInARound; ++i) lines.push_back(fmt::format("message {} of round {}", i, round));
    return lines;
}

/// What was promised of a journal.
struct Promised {
    std::string id{};
    Lines acknowledged{};       ///< by their numbers
    std::uint64_t settled = 0;  ///< by the last checkpoint
    std::uint64_t needed = 0;
};

/// The first program: rounds of messages, read at once, with a checkpoint behind every third.
void use(Program& program, const std::function<bool()>& dead, Promised& promised) {
    if (!program.open().ok()) return;
    promised.id = program.id();
    for (int round = 0; round < kRounds && !dead(); ++round) {
        if (program.append(linesOf(round)).ok()) {
            for (std::string& line : linesOf(round)) promised.acknowledged.push_back(std::move(line));
        }
        const Result<Lines> read = program.read();
        if (dead() || round % 3 != 2) continue;
        expect(read.ok(), "it is read while it is written");
        promised.needed = promised.settled;
        promised.settled = program.next();
        program.settle(promised.settled, promised.needed);
    }
}

/// The second one finds all from `from` on.
void check(Program& next, const Promised& promised, const std::optional<JournalPosition>& from,
           const std::string& where) {
    const Status opened = next.open(from);
    expect(opened.ok(), (where + ": it opens again").c_str());
    if (!opened.ok()) return;
    const std::uint64_t begin = next.begin();
    if (from) expect(begin == from->next, (where + ": it goes on where it is told to").c_str());
    expect(begin <= promised.settled, (where + ": it begins before what no checkpoint has").c_str());
    const Result<Lines> read = next.read();
    expect(read.ok(), (where + ": it is read").c_str());
    const Lines& all = promised.acknowledged;
    expect(read->size() + begin >= all.size(), (where + ": all is there").c_str());
    for (std::size_t i = 0; begin + i < all.size() && i < read->size(); ++i)
        expect((*read)[i] == all[begin + i], (where + ": in its order, once").c_str());
    // Of the round that was not acknowledged some may be there.
    expect(read->size() + begin <= all.size() + kInARound, (where + ": and nothing else").c_str());
    expect(next.append({"later"}).ok(), (where + ": it takes more").c_str());
    const Result<Lines> more = next.read();
    expect(more.ok() && *more == Lines{"later"}, (where + ": which comes last").c_str());
}

void deathAtAnyCallLosesNothing() {
    for (const Loss loss : {Loss::Kill, Loss::Power}) {
        bool died = true;
        for (int call = 0; died; ++call) {
            for (const bool resumes : {true, false}) {
                Disk disk(static_cast<std::uint64_t>(call) + 1);
                disk.makeFolder("/d");
                int calls = 0;
                died = false;
                disk.fate = [&](Call, const std::string&, std::size_t&) {
                    if (calls++ != call) return 0;
                    died = true;
                    disk.die();
                    return EIO;
                };
                Promised promised;
                {
                    Program program(disk);
                    use(
                        program, [&disk] { return disk.dead(); }, promised);
                }
                disk.fate = [](Call, const std::string&, std::size_t&) { return 0; };
                disk.restart(loss);
                Program next(disk);
                const std::string where =
                    fmt::format("{} at call {}", loss == Loss::Kill ? "killed" : "no power", call);
                if (resumes && !promised.id.empty()) {
                    check(next, promised, JournalPosition{promised.id, promised.needed}, where);
                } else {
                    check(next, promised, std::nullopt, where);
                }
            }
        }
    }
}

void failuresAreRefusalsAndNoMore() {
    struct Trouble {
        Call call;
        int code;
    };
    for (const Trouble trouble :
         {Trouble{Call::Write, ENOSPC}, Trouble{Call::Sync, EIO}, Trouble{Call::Open, ENOSPC},
          Trouble{Call::SyncFolder, EIO}, Trouble{Call::Rename, EIO}}) {
        bool failed = true;
        for (int call = 0; failed; ++call) {
            Disk disk(static_cast<std::uint64_t>(call) + 1);
            disk.makeFolder("/d");
            int calls = 0;
            failed = false;
            disk.fate = [&](Call which, const std::string&, std::size_t&) {
                if (which != trouble.call || calls++ != call) return 0;
                failed = true;
                return trouble.code;
            };
            Promised promised;
            {
                Program program(disk);
                use(
                    program, [] { return false; }, promised);
                if (promised.id.empty()) continue;  // it said so when it was opened
                expect(promised.acknowledged.size() >= (kRounds - 1) * kInARound,
                       "one round is refused at most");
            }
            disk.fate = [](Call, const std::string&, std::size_t&) { return 0; };
            disk.restart(Loss::Power);
            Program next(disk);
            check(next, promised, JournalPosition{promised.id, promised.needed},
                  fmt::format("{} fails the {}. time", nameOf(trouble.call), call + 1));
        }
    }
}

void whatNobodyNeedsIsDropped() {
    Disk disk(1);
    disk.makeFolder("/d");
    Program program(disk);
    expect(program.open().ok(), "it opens");
    std::uint64_t most = 0;
    for (int round = 0; round < 200; ++round) {
        expect(program.append(linesOf(round)).ok() && program.read().ok(), "it takes a round");
        program.settle(program.next(), program.next());
        most = std::max(most, disk.used());
    }
    expect(most < 4 * kSmallSegment, "it stays small");
    expect(!program.hasTrouble(), "and says nothing");
}

void withoutCheckpointsItStaysSmall() {
    Disk disk(1);
    disk.makeFolder("/d");
    Program program(disk);
    expect(program.open().ok(), "it opens");
    program.keepUnreadOnly();
    std::uint64_t most = 0;
    for (int round = 0; round < 200; ++round) {
        expect(program.append(linesOf(round)).ok(), "it takes a round");
        const Result<Lines> read = program.read();
        expect(read.ok() && *read == linesOf(round), "which is read");
        most = std::max(most, disk.used());
    }
    expect(most < 8 * kSmallSegment, "what was read goes, though no checkpoint has it");
}

void aPositionThatIsGoneIsRefused() {
    Disk disk(1);
    disk.makeFolder("/d");
    std::string id;
    {
        Program program(disk);
        expect(program.open().ok(), "it opens");
        id = program.id();
        for (int round = 0; round < kRounds; ++round) expect(program.append(linesOf(round)).ok(), "a round");
        expect(program.read().ok(), "it is read");
        program.settle(program.next(), program.next());
    }
    Program old(disk), other(disk), right(disk);
    expect(!old.open(JournalPosition{id, 0}).ok(), "the first messages are gone");
    expect(!other.open(JournalPosition{"another", kRounds * kInARound}).ok(), "another journal is none");
    expect(right.open(JournalPosition{id, kRounds * kInARound}).ok(), "the end is there");
}

}  // namespace

int main() {
    deathAtAnyCallLosesNothing();
    failuresAreRefusalsAndNoMore();
    whatNobodyNeedsIsDropped();
    withoutCheckpointsItStaysSmall();
    aPositionThatIsGoneIsRefused();
    return rw::test::summary();
}
