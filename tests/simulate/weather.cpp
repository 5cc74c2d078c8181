#include "tests/simulate/weather.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "core/base/random.h"

namespace rw::simulated {

namespace {

/// Of a leg that is not slow.
constexpr int kLegMillis = 25;
/// A run waits for a lock for 5 s, so some are held longer.
constexpr int kLockMillis = 7'000;
/// Each epoch of a file sink has one or two.
constexpr int kRenames = 3;

}  // namespace

std::uint64_t Chance::next() {
    return splitMix64(m_seed, m_drawn++);
}

const char* nameOf(Trouble trouble) {
    switch (trouble) {
        case Trouble::None:
            return "nothing happens";
        case Trouble::KilledAtCall:
            return "killed at a call";
        case Trouble::KilledAtTime:
            return "killed";
        case Trouble::PowerAtCall:
            return "the power goes at a call";
        case Trouble::PowerAtTime:
            return "the power goes";
        case Trouble::PowerAtRename:
            return "the power goes at a rename";
        case Trouble::DiskFull:
            return "the disk is full for a while";
        case Trouble::Locked:
            return "another program writes";
        case Trouble::ReadFails:
            return "a read fails";
        case Trouble::SyncFails:
            return "a sync fails";
        case Trouble::BrokerFails:
            return "the broker fails";
        case Trouble::Stopped:
            break;
    }
    return "stopped";
}

Weather::Weather(std::uint64_t seed, Disk& disk, std::shared_ptr<test::SimulatedClock> clock, bool keepsLog,
                 int slowness)
    : m_disk(disk),
      m_clock(std::move(clock)),
      m_keepsLog(keepsLog),
      m_legMillis(kLegMillis * slowness),
      m_chance(seed) {
    m_disk.fate = [this](Call call, const std::string& path, std::size_t& bytes) {
        return fateOf(call, path, bytes);
    };
}

Trouble Weather::begin(bool calm) {
    constexpr Trouble kTroubles[] = {Trouble::KilledAtCall,  Trouble::KilledAtCall,  Trouble::KilledAtTime,
                                     Trouble::PowerAtCall,   Trouble::PowerAtCall,   Trouble::PowerAtTime,
                                     Trouble::PowerAtRename, Trouble::PowerAtRename, Trouble::DiskFull,
                                     Trouble::Locked,        Trouble::ReadFails,     Trouble::SyncFails,
                                     Trouble::BrokerFails,   Trouble::Stopped};
    const Trouble trouble =
        calm ? Trouble::None : kTroubles[m_chance.below(static_cast<int>(std::size(kTroubles)))];
    m_rests = m_failed = false;
    m_shortReads = m_chance.oneIn(2);
    m_shortWrites = m_chance.oneIn(2);
    m_slow = m_chance.oneIn(3);
    const std::int64_t now = m_clock->steadyMillis();
    m_endsAt = now + m_chance.below(m_legMillis);
    m_events = {draw(trouble)};
    std::string all = nameOf(trouble);
    while (!calm && m_events.size() < 3 && m_chance.oneIn(3)) {
        const Trouble more = m_chance.pick({Trouble::DiskFull, Trouble::Locked, Trouble::ReadFails,
                                            Trouble::SyncFails, Trouble::SyncFails, Trouble::BrokerFails});
        m_events.push_back(draw(more));
        all += fmt::format(", {}", nameOf(more));
    }
    note(fmt::format("{} ms: a leg begins; {}", now, all));
    return trouble;
}

Weather::Event Weather::draw(Trouble trouble) {
    Event event{trouble};
    event.from = m_clock->steadyMillis() + m_chance.below(m_legMillis);
    event.to = event.from + 1 + m_chance.below(trouble == Trouble::Locked ? kLockMillis : m_legMillis);
    // Some come to their end amid the first calls, some in the middle, and some never.
    event.callsLeft = m_chance.below(m_chance.pick({20, 100, 300}));
    if (trouble == Trouble::PowerAtRename) event.callsLeft %= kRenames;
    return event;
}

void Weather::rest() {
    m_rests = true;
}

Loss Weather::loss() const {
    const Trouble first = m_events.empty() ? Trouble::None : m_events.front().trouble;
    const bool power =
        first == Trouble::PowerAtCall || first == Trouble::PowerAtTime || first == Trouble::PowerAtRename;
    return power ? Loss::Power : Loss::Kill;
}

void Weather::note(std::string line) {
    m_hash = XXH3_64bits_withSeed(line.data(), line.size(), m_hash);
    m_log.push_back(std::move(line));
}

bool Weather::inTime(const Event& event) const {
    const std::int64_t now = m_clock->steadyMillis();
    return now >= event.from && now < event.to;
}

int Weather::judge(Event& event, Call call, std::size_t& bytes) {
    switch (event.trouble) {
        case Trouble::KilledAtCall:
        case Trouble::PowerAtCall:
            if (!changes(call) || event.callsLeft-- > 0) return 0;
            bytes = bytes > 0 ? static_cast<std::size_t>(m_chance.next() % (bytes + 1)) : 0;
            m_disk.die();
            return EIO;
        case Trouble::PowerAtRename:
            if (call != Call::SyncFolder || event.callsLeft-- > 0) return 0;
            m_disk.die();
            return EIO;
        case Trouble::DiskFull:
            return call == Call::Write && inTime(event) ? ENOSPC : 0;
        case Trouble::Locked:
            return call == Call::Lock && inTime(event) ? EBUSY : 0;
        case Trouble::ReadFails:
            return call == Call::Read && event.callsLeft-- == 0 ? EIO : 0;
        case Trouble::SyncFails:
            if (call != Call::Sync && call != Call::SyncFolder) return 0;
            return event.callsLeft-- == 0 ? EIO : 0;
        case Trouble::BrokerFails:
            return call == Call::Broker && event.callsLeft-- == 0 ? EIO : 0;
        default:
            return 0;
    }
}

/// Reads and writes of a file are in pieces. SQLite's VFS goes on by itself, as that of Unix does: that would
/// only make more calls of one.
void Weather::shorten(Call call, const std::string& path, std::size_t& bytes) {
    const bool reads = call == Call::Read && m_shortReads && path.ends_with(".csv");
    const bool writes = call == Call::Write && m_shortWrites && path.find(".sqlite") == std::string::npos;
    if (bytes <= 1 || (!reads && !writes)) return;
    const std::size_t asked = bytes;
    bytes = 1 + static_cast<std::size_t>(m_chance.next() % bytes);
    if (writes && bytes < asked) ++m_shortened;
}

int Weather::fateOf(Call call, const std::string& path, std::size_t& bytes) {
    if (m_rests) return 0;
    if (m_slow && (call == Call::Write || call == Call::Sync) && m_chance.oneIn(8))
        (void)m_clock->skipTo(m_clock->steadyMillis() + m_chance.below(15));
    const std::size_t asked = bytes;
    int code = 0;
    for (Event& event : m_events) {
        if (code == 0) code = judge(event, call, bytes);
    }
    if (code == 0) shorten(call, path, bytes);
    m_failed = m_failed || code != 0;
    std::string line =
        fmt::format("{} {} {} {} {}", m_clock->steadyMillis(), nameOf(call), path, asked, bytes);
    if (code != 0) line += fmt::format(" errno {}", code);
    m_hash = XXH3_64bits_withSeed(line.data(), line.size(), m_hash);
    if (m_keepsLog) m_log.push_back(std::move(line));
    return code;
}

}  // namespace rw::simulated
