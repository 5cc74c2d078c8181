// Reads the text of Linux's /proc files. Pure functions: a value that a line does not have is left out, never
// guessed.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rw::proc {

/// A core's line of /proc/stat; ticks since boot.
struct CoreTimes {
    int core = 0;
    std::uint64_t busy = 0, total = 0;
};
std::vector<CoreTimes> parseStat(std::string_view text);

/// /proc/meminfo, in bytes.
struct Memory {
    std::int64_t total = 0, available = 0, swapUsed = 0;
};
/// Nothing when the text names no total.
std::optional<Memory> parseMeminfo(std::string_view text);

struct LoadAverage {
    double one = 0, five = 0, fifteen = 0;
};
std::optional<LoadAverage> parseLoadavg(std::string_view text);

/// A running count of bytes each way: of a disk (read, written) or a network interface (received, sent).
struct Counter {
    std::string name;
    std::uint64_t in = 0, out = 0;
};
std::vector<Counter> parseDiskstats(std::string_view text);
std::vector<Counter> parseNetDev(std::string_view text);

/// /proc/PID/stat.
struct Process {
    int pid = 0;
    std::string name;
    std::uint64_t ticks = 0;    ///< user and system time
    std::uint64_t started = 0;  ///< ticks since boot: with the pid, the process's identity
    std::int64_t pages = 0;     ///< resident
};
std::optional<Process> parseProcess(std::string_view text);

/// MHz of each core in /proc/cpuinfo, in the order of the file.
std::vector<double> parseCpuinfoMhz(std::string_view text);

}  // namespace rw::proc
