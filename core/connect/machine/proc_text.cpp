#include "core/connect/machine/proc_text.h"

#include <charconv>

#include "core/data/utf8.h"

namespace rw::proc {

namespace {

constexpr std::uint64_t kSectorBytes = 512;  // of /proc/diskstats, for any device

/// Cuts the next line off `text`.
std::string_view nextLine(std::string_view& text) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    return line;
}

std::vector<std::string_view> words(std::string_view line) {
    std::vector<std::string_view> found;
    for (std::size_t at = line.find_first_not_of(" \t"); at != std::string_view::npos;) {
        const std::size_t end = line.find_first_of(" \t", at);
        found.push_back(line.substr(at, end - at));
        at = line.find_first_not_of(" \t", end == std::string_view::npos ? line.size() : end);
    }
    return found;
}

template <class T>
bool number(std::string_view text, T& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

std::vector<CoreTimes> parseStat(std::string_view text) {
    std::vector<CoreTimes> cores;
    while (!text.empty()) {
        const auto fields = words(nextLine(text));
        CoreTimes core;
        // user nice system idle iowait irq softirq steal; guest times are part of user and nice.
        if (fields.size() < 5 || !fields[0].starts_with("cpu") || !number(fields[0].substr(3), core.core))
            continue;
        for (std::size_t i = 1; i < fields.size() && i <= 8; ++i) {
            std::uint64_t ticks = 0;
            if (!number(fields[i], ticks)) break;
            core.total += ticks;
            if (i != 4 && i != 5) core.busy += ticks;
        }
        cores.push_back(core);
    }
    return cores;
}

std::optional<Memory> parseMeminfo(std::string_view text) {
    Memory memory;
    std::int64_t free = 0, buffers = 0, cached = 0, swapTotal = 0, swapFree = 0;
    bool knowsAvailable = false;
    while (!text.empty()) {
        const auto fields = words(nextLine(text));
        std::int64_t kib = 0;
        if (fields.size() < 2 || !number(fields[1], kib)) continue;
        const std::int64_t bytes = kib * 1024;
        if (fields[0] == "MemTotal:") memory.total = bytes;
        if (fields[0] == "MemAvailable:") {
            memory.available = bytes;
            knowsAvailable = true;
        }
        if (fields[0] == "MemFree:") free = bytes;
        if (fields[0] == "Buffers:") buffers = bytes;
        if (fields[0] == "Cached:") cached = bytes;
        if (fields[0] == "SwapTotal:") swapTotal = bytes;
        if (fields[0] == "SwapFree:") swapFree = bytes;
    }
    if (memory.total == 0) return std::nullopt;
    if (!knowsAvailable) memory.available = free + buffers + cached;  // kernels before 3.14
    memory.swapUsed = swapTotal - swapFree;
    return memory;
}

std::optional<LoadAverage> parseLoadavg(std::string_view text) {
    const auto fields = words(nextLine(text));
    LoadAverage load;
    if (fields.size() < 3 || !number(fields[0], load.one) || !number(fields[1], load.five) ||
        !number(fields[2], load.fifteen)) {
        return std::nullopt;
    }
    return load;
}

std::vector<Counter> parseDiskstats(std::string_view text) {
    std::vector<Counter> disks;
    while (!text.empty()) {
        const auto fields = words(nextLine(text));
        std::uint64_t read = 0, written = 0;
        if (fields.size() < 10 || !number(fields[5], read) || !number(fields[9], written)) continue;
        disks.push_back({std::string(fields[2]), read * kSectorBytes, written * kSectorBytes});
    }
    return disks;
}

std::vector<Counter> parseNetDev(std::string_view text) {
    std::vector<Counter> interfaces;
    while (!text.empty()) {
        const std::string_view line = nextLine(text);
        const std::size_t colon = line.rfind(':');  // names of aliases hold one themselves
        if (colon == std::string_view::npos) continue;
        const auto name = words(line.substr(0, colon));
        const auto fields = words(line.substr(colon + 1));
        std::uint64_t received = 0, sent = 0;
        if (name.size() != 1 || fields.size() < 9 || !number(fields[0], received) || !number(fields[8], sent))
            continue;
        interfaces.push_back({std::string(name[0]), received, sent});
    }
    return interfaces;
}

std::optional<Process> parseProcess(std::string_view text) {
    // The name stands in parentheses and may hold blanks and parentheses itself.
    const std::size_t open = text.find('('), close = text.rfind(')');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open)
        return std::nullopt;
    const auto pid = words(text.substr(0, open));
    const auto fields = words(text.substr(close + 1));
    Process process;
    process.name =
        excerpt(text.substr(open + 1, close - open - 1), 64);  // a program may write any bytes there
    std::uint64_t user = 0, system = 0;
    // fields[0] is the state, the third field of the file.
    if (pid.size() != 1 || fields.size() < 22 || !number(pid[0], process.pid) || !number(fields[11], user) ||
        !number(fields[12], system) || !number(fields[19], process.started) ||
        !number(fields[21], process.pages)) {
        return std::nullopt;
    }
    process.ticks = user + system;
    return process;
}

std::vector<double> parseCpuinfoMhz(std::string_view text) {
    std::vector<double> cores;
    while (!text.empty()) {
        const std::string_view line = nextLine(text);
        double mhz = 0;
        const auto fields = words(line);
        if (fields.size() == 4 && fields[0] == "cpu" && fields[1] == "MHz" && number(fields[3], mhz))
            cores.push_back(mhz);
    }
    return cores;
}

}  // namespace rw::proc
