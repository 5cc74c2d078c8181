// Readings of the local machine: the files of /proc and /sys, and rates made from two readings of a counter.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/files.h"
#include "core/base/status.h"
#include "core/base/time.h"
#include "core/connect/machine/proc_text.h"
#include "core/data/schema.h"
#include "core/data/value.h"

namespace rw {

enum class MachineTable { Cpu, Memory, Processes, Disk, Network, Load };

/// The columns of a table; the first is ts, the time of the reading.
SchemaRef machineSchema(MachineTable table);

/// Counters at the moments when they were read. The kernel counts in hundredths of a second, so rates are
/// measured over at least kLeastPeriod, also when readings follow one another faster.
template <class T>
class Readings {
 public:
    static constexpr std::int64_t kLeastPeriod = 100;

    void add(std::int64_t steadyMillis, T reading) {
        m_readings.emplace_back(steadyMillis, std::move(reading));
        while (m_readings.size() > 2 && steadyMillis - m_readings[1].first >= kLeastPeriod)
            m_readings.pop_front();
    }
    bool comparable() const { return m_readings.size() > 1 && seconds() > 0; }
    const T& before() const { return m_readings.front().second; }
    const T& now() const { return m_readings.back().second; }
    double seconds() const {
        return static_cast<double>(m_readings.back().first - m_readings.front().first) / 1000;
    }

 private:
    std::deque<std::pair<std::int64_t, T>> m_readings;
};

/// Reads one table. Single-threaded; a reading takes from a tenth of a millisecond (cpu) to a few (processes
/// of a busy machine).
class MachineReader {
 public:
    /// `root`: the folder that /proc and /sys are looked for in; empty for the machine itself. `files` null:
    /// the machine's.
    explicit MachineReader(MachineTable table, std::string root = {},
                           std::shared_ptr<const Files> files = {});

    /// Takes the first reading, which rates are measured from. Fails when the files that the table needs
    /// can't be read.
    Status open(std::int64_t steadyMillis);
    /// The present rows, in the columns' order. Values that this machine does not tell are NULL.
    Result<std::vector<std::vector<Value>>> read(Instant now, std::int64_t steadyMillis);

 private:
    using Rows = std::vector<std::vector<Value>>;
    using Counters = std::map<std::string, std::pair<std::uint64_t, std::uint64_t>>;
    using Processes = std::map<std::pair<int, std::uint64_t>, proc::Process>;

    Result<std::string> file(const std::string& path) const;
    Status measure(std::int64_t steadyMillis);
    Result<Counters> counters() const;
    Result<Processes> processes() const;
    Value frequency(int core, const std::vector<double>& cpuinfo) const;
    Rows cpuRows(Instant now) const;
    Rows counterRows(Instant now) const;
    Rows processRows(Instant now) const;
    Result<Rows> memoryRows(Instant now) const;
    Result<Rows> loadRows(Instant now) const;

    MachineTable m_table;
    std::string m_root;
    std::shared_ptr<const Files> m_files;
    Readings<std::vector<proc::CoreTimes>> m_cores;
    Readings<Counters> m_counters;
    Readings<Processes> m_processes;
};

}  // namespace rw
