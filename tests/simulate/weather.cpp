#include "tests/simulate/weather.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "core/base/random.h"

namespace rw::simulated {

namespace {

/// As long as a leg may be before it meets its end.
constexpr int kLegMillis = 40;
/// A run waits for a lock for 5 s, so some are held longer.
constexpr int kLockMillis = 7'000;

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

Weather::Weather(std::uint64_t seed, Disk& disk, std::shared_ptr<SimulatedClock> clock, bool keepsLog)
    : m_disk(disk), m_clock(std::move(clock)), m_keepsLog(keepsLog), m_chance(seed) {
    m_disk.fate = [this](Call call, const std::string& path, std::size_t& bytes) {
        return fateOf(call, path, bytes);
    };
}

Trouble Weather::begin(bool calm) {
    constexpr Trouble kTroubles[] = {Trouble::KilledAtCall, Trouble::KilledAtCall, Trouble::KilledAtTime,
                                     Trouble::PowerAtCall,  Trouble::PowerAtCall,  Trouble::PowerAtTime,
                                     Trouble::DiskFull,     Trouble::Locked,       Trouble::ReadFails,
                                     Trouble::SyncFails,    Trouble::BrokerFails,  Trouble::Stopped};
    m_trouble = calm ? Trouble::None : kTroubles[m_chance.below(static_cast<int>(std::size(kTroubles)))];
    m_rests = m_failed = false;
    m_shortReads = m_chance.oneIn(2);
    m_slow = m_chance.oneIn(3);
    const std::int64_t now = m_clock->steadyMillis();
    m_endsAt = now + m_chance.below(kLegMillis);
    m_from = now + m_chance.below(kLegMillis);
    m_to = m_from + 1 + m_chance.below(m_trouble == Trouble::Locked ? kLockMillis : kLegMillis);
    // Some come to their end amid the first calls, some in the middle, and some never.
    m_callsLeft = m_chance.below(m_chance.pick({20, 100, 300}));
    note(fmt::format("{} ms: a leg begins; {}", now, nameOf(m_trouble)));
    return m_trouble;
}

void Weather::rest() {
    m_rests = true;
}

Loss Weather::loss() const {
    return m_trouble == Trouble::PowerAtCall || m_trouble == Trouble::PowerAtTime ? Loss::Power : Loss::Kill;
}

void Weather::note(std::string line) {
    m_hash = XXH3_64bits_withSeed(line.data(), line.size(), m_hash);
    m_log.push_back(std::move(line));
}

bool Weather::inTime() const {
    const std::int64_t now = m_clock->steadyMillis();
    return now >= m_from && now < m_to;
}

int Weather::judge(Call call, const std::string& path, std::size_t& bytes) {
    switch (m_trouble) {
        case Trouble::KilledAtCall:
        case Trouble::PowerAtCall:
            if (!changes(call) || m_callsLeft-- > 0) return 0;
            bytes = bytes > 0 ? static_cast<std::size_t>(m_chance.next() % (bytes + 1)) : 0;
            m_disk.die();
            return EIO;
        case Trouble::DiskFull:
            return call == Call::Write && inTime() ? ENOSPC : 0;
        case Trouble::Locked:
            return call == Call::Lock && inTime() ? EBUSY : 0;
        case Trouble::ReadFails:
            if (call != Call::Read || m_callsLeft-- != 0) return 0;
            return EIO;
        case Trouble::SyncFails:
            if (call != Call::Sync || m_callsLeft-- != 0) return 0;
            return EIO;
        case Trouble::BrokerFails:
            if (call != Call::Broker || m_callsLeft-- != 0) return 0;
            return EIO;
        default:
            break;
    }
    // What comes of a file comes in pieces.
    if (call == Call::Read && m_shortReads && path.ends_with(".csv") && bytes > 1)
        bytes = 1 + static_cast<std::size_t>(m_chance.next() % bytes);
    return 0;
}

int Weather::fateOf(Call call, const std::string& path, std::size_t& bytes) {
    if (m_rests) return 0;
    if (m_slow && (call == Call::Write || call == Call::Sync) && m_chance.oneIn(8))
        (void)m_clock->skipTo(m_clock->steadyMillis() + m_chance.below(15));
    const std::size_t asked = bytes;
    const int code = judge(call, path, bytes);
    m_failed = m_failed || code != 0;
    std::string line =
        fmt::format("{} {} {} {} {}", m_clock->steadyMillis(), nameOf(call), path, asked, bytes);
    if (code != 0) line += fmt::format(" errno {}", code);
    m_hash = XXH3_64bits_withSeed(line.data(), line.size(), m_hash);
    if (m_keepsLog) m_log.push_back(std::move(line));
    return code;
}

}  // namespace rw::simulated
