// The troubles around a run, and their times: drawn by a seed, logged as they come.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/simulate/disk.h"
#include "tests/support/simulated_clock.h"

namespace rw::simulated {

/// Numbers of one seed, one after the other.
class Chance {
 public:
    explicit Chance(std::uint64_t seed) : m_seed(seed) {}
    std::uint64_t next();
    int below(int count) { return static_cast<int>(next() % static_cast<std::uint64_t>(count)); }
    bool oneIn(int count) { return below(count) == 0; }
    template <class T>
    T pick(std::initializer_list<T> choices) {
        return choices.begin()[below(static_cast<int>(choices.size()))];
    }

 private:
    const std::uint64_t m_seed;
    std::uint64_t m_drawn = 0;
};

/// An event between the start and the end of a run. One of them, or one and a call that fails.
enum class Trouble {
    None,
    KilledAtCall,  ///< of the disk: amid a write its beginning is there
    KilledAtTime,  ///< wherever it is
    PowerAtCall,   ///< the same, and changes that were not synced are there in part
    PowerAtTime,
    PowerAtRename,  ///< behind a rename, before the folder is synced
    DiskFull,       ///< for a while
    Locked,         ///< another program writes the databases for a while
    ReadFails,      ///< of a source or of a database, once
    SyncFails,      ///< once, of a file
    BrokerFails,    ///< once, or its answer is lost
    Stopped         ///< by a person
};
const char* nameOf(Trouble trouble);

/// Plays the trouble of a leg through the disk's fate. Single-threaded.
class Weather {
 public:
    /// `keepsLog`: every call is in log(), else only the parts of legs. `slowness`: legs are so many times as
    /// long.
    Weather(std::uint64_t seed, Disk& disk, std::shared_ptr<test::SimulatedClock> clock, bool keepsLog,
            int slowness);

    /// Draws the trouble of the leg that begins now; none: it is to come to its end.
    Trouble begin(bool calm);
    /// Nothing happens until begin(): for looks at the disk from outside.
    void rest();
    /// Ends rest(): the trouble of the leg goes on.
    void goOn() { m_rests = false; }

    /// When a leg of KilledAtTime, PowerAtTime or Stopped meets its end; steady milliseconds.
    std::int64_t endsAt() const { return m_endsAt; }
    /// Since begin(): a call has failed, so that the run may fail, too.
    bool failed() const { return m_failed; }
    /// The loss in a crash of the leg.
    Loss loss() const;

    void note(std::string line);
    const std::vector<std::string>& log() const { return m_log; }
    /// Over every call and every note.
    std::uint64_t hash() const { return m_hash; }
    Chance& chance() { return m_chance; }
    int shortWrites() const { return m_shortened; }

 private:
    /// One of the things that go wrong in a leg, and when.
    struct Event {
        Trouble trouble = Trouble::None;
        std::int64_t from = 0, to = 0;  ///< steady milliseconds
        int callsLeft = 0;
    };
    Event draw(Trouble trouble);
    int fateOf(Call call, const std::string& path, std::size_t& bytes);
    int judge(Event& event, Call call, std::size_t& bytes);
    void shorten(Call call, const std::string& path, std::size_t& bytes);
    bool inTime(const Event& event) const;
    static bool changes(Call call) { return call != Call::Open && call != Call::Read && call != Call::Lock; }

    Disk& m_disk;
    const std::shared_ptr<test::SimulatedClock> m_clock;
    const bool m_keepsLog;
    const int m_legMillis;  ///< as long as a leg may be before it meets its end
    Chance m_chance;
    std::vector<Event> m_events{};
    bool m_rests = true, m_failed = false;
    bool m_shortReads = false, m_shortWrites = false, m_slow = false;
    std::int64_t m_endsAt = 0;  ///< steady milliseconds
    int m_shortened = 0;
    std::uint64_t m_hash = 0;
    std::vector<std::string> m_log;
};

}  // namespace rw::simulated
