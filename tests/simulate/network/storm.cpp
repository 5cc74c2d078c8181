#include "tests/simulate/network/storm.h"

#include <algorithm>
#include <chrono>

#include "tests/simulate/weather.h"

namespace rw::simulated {

namespace {

constexpr std::size_t kWhole = 65'536;               // bytes of a piece that is none
constexpr int kShortestGust = 3, kLongestGust = 60;  // milliseconds

}  // namespace

Storm::Storm(const std::string& addresses, std::uint64_t seed) : m_seed(seed) {
    for (std::size_t at = 0; at < addresses.size();) {
        const std::size_t comma = std::min(addresses.find(',', at), addresses.size());
        m_wires.push_back(std::make_unique<test::BadWire>(addresses.substr(at, comma - at), &m_ports));
        at = comma + 1;
    }
    m_blowing = std::thread([this] { blow(); });
}

Storm::~Storm() {
    m_over = true;
    m_blowing.join();
}

std::string Storm::addresses() const {
    std::string all;
    for (const auto& wire : m_wires) all += (all.empty() ? "" : ",") + wire->place();
    return all;
}

Storm::Tally Storm::tally() const {
    Tally sums{0, 0, m_slowed, m_halved, m_silences};
    for (const auto& wire : m_wires) {
        sums.connections += wire->came();
        sums.broken += wire->broken();
    }
    return sums;
}

void Storm::calm() {
    for (const auto& wire : m_wires) {
        test::WireFaults& faults = wire->faults();
        faults.delay = faults.spread = 0;
        faults.piece = kWhole;
        faults.cutAfter = 0;
        faults.resets = faults.refuses = faults.silent = false;
    }
}

void Storm::rage(bool rages) {
    const std::lock_guard lock(m_mutex);
    m_rages = rages;
    calm();
}

void Storm::worsen(Chance& chance) {
    const int wire = chance.below(static_cast<int>(m_wires.size()));
    test::WireFaults& faults = m_wires[static_cast<std::size_t>(wire)]->faults();
    faults.resets = chance.oneIn(2);
    switch (chance.below(8)) {
        case 0:
            ++faults.cuts;
            break;
        case 1:
            faults.cutAfter = static_cast<std::size_t>(1 + chance.below(chance.pick({30, 300, 3'000})));
            break;
        case 2:
            faults.refuses = true;
            ++faults.cuts;
            break;
        case 3:
            faults.silent = true;
            ++m_silences;
            break;
        case 4:
            faults.piece = static_cast<std::size_t>(1 + chance.below(chance.pick({3, 40, 500})));
            ++m_halved;
            break;
        case 5:
            faults.delay = 1 + chance.below(4);
            ++m_slowed;
            break;
        case 6:
            faults.spread = 1 + chance.below(8);
            ++m_slowed;
            break;
        default:  // good for a while
            break;
    }
}

void Storm::blow() {
    Chance chance(m_seed);
    while (!m_over) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_rages && !m_wires.empty()) {
                calm();
                worsen(chance);
            }
        }
        const int gust = kShortestGust + chance.below(kLongestGust - kShortestGust);
        std::this_thread::sleep_for(std::chrono::milliseconds(gust));
    }
}

}  // namespace rw::simulated
