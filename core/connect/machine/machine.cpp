#include "core/connect/machine/machine.h"

#include <unistd.h>

#include <charconv>
#include <cmath>

#include "core/connect/files/system_files.h"

namespace rw {

namespace {

Field field(const char* name, TypeId type) {
    return {name, Type::of(type)};
}

/// Bytes a second between two counts; NULL after a counter was reset.
Value rate(std::uint64_t before, std::uint64_t now, double seconds) {
    if (now < before) return {};
    return static_cast<double>(now - before) / seconds;
}

/// All of a small file, which need not say its size.
Result<std::string> content(const Files& files, const std::string& path) {
    RW_TRY_ASSIGN(const auto file, files.open(path));
    std::string text;
    for (;;) {
        char buffer[16384];
        RW_TRY_ASSIGN(const std::size_t read, file->read(text.size(), buffer));
        if (read == 0) return text;
        text.append(buffer, read);
    }
}

}  // namespace

SchemaRef machineSchema(MachineTable table) {
    using enum TypeId;
    std::vector<Field> fields{field("ts", Timestamp)};
    const auto add = [&](std::initializer_list<Field> more) { fields.insert(fields.end(), more); };
    switch (table) {
        case MachineTable::Cpu:
            add({field("core", Int), field("load", Double), field("freq_mhz", Int)});
            break;
        case MachineTable::Memory:
            add({field("total", Bigint), field("used", Bigint), field("available", Bigint),
                 field("swap_used", Bigint)});
            break;
        case MachineTable::Processes:
            add({field("pid", Int), field("name", String), field("cpu", Double), field("memory", Bigint)});
            break;
        case MachineTable::Disk:
            add({field("device", String), field("read", Double), field("written", Double)});
            break;
        case MachineTable::Network:
            add({field("interface", String), field("received", Double), field("sent", Double)});
            break;
        case MachineTable::Load:
            add({field("one", Double), field("five", Double), field("fifteen", Double)});
            break;
    }
    return std::make_shared<const Schema>(Schema{std::move(fields)});
}

MachineReader::MachineReader(MachineTable table, std::string root, std::shared_ptr<const Files> files)
    : m_table(table), m_root(std::move(root)), m_files(files ? std::move(files) : systemFiles()) {}

Result<std::string> MachineReader::file(const std::string& path) const {
    const Result<std::string> text = content(*m_files, m_root + path);
    if (text.ok()) return text;
    return Status(ErrorCode::NotFound, text.error().message,
                  RW_TEXT("this_computer", "This machine does not tell it; choose another table."));
}

Result<MachineReader::Counters> MachineReader::counters() const {
    const bool disk = m_table == MachineTable::Disk;
    RW_TRY_ASSIGN(const std::string text, file(disk ? "/proc/diskstats" : "/proc/net/dev"));
    Counters found;
    const std::string devices = m_root + "/sys/block";
    const bool knowsDevices = disk && m_files->state(devices).ok();
    for (proc::Counter& counter : disk ? proc::parseDiskstats(text) : proc::parseNetDev(text)) {
        // Whole disks only: partitions would count the same bytes twice, loop and RAM disks are not disks.
        if (disk && (counter.name.starts_with("loop") || counter.name.starts_with("ram"))) continue;
        std::string folder = counter.name;
        std::replace(folder.begin(), folder.end(), '/', '!');  // as /sys spells cciss/c0d0
        if (knowsDevices && !m_files->state(devices + "/" + folder).ok()) continue;
        found[std::move(counter.name)] = {counter.in, counter.out};
    }
    return found;
}

Result<MachineReader::Processes> MachineReader::processes() const {
    Processes found;
    const Result<std::vector<std::string>> folders = m_files->list(m_root + "/proc");
    for (const std::string& folder : folders.ok() ? *folders : std::vector<std::string>{}) {
        const std::string name = folder.substr(folder.rfind('/') + 1);
        if (name.find_first_not_of("0123456789") != std::string::npos) continue;
        const auto text = file("/proc/" + name + "/stat");
        if (!text.ok()) continue;  // it has ended in the meantime
        auto process = proc::parseProcess(*text);
        if (process) found.emplace(std::pair(process->pid, process->started), std::move(*process));
    }
    if (!found.empty()) return found;
    return Status(ErrorCode::NotFound,
                  RW_TEXT("this_computer", "No processes can be seen in “%1”.").with(m_root + "/proc"),
                  RW_TEXT("this_computer", "This machine does not tell it; choose another table."));
}

Status MachineReader::measure(std::int64_t steadyMillis) {
    if (m_table == MachineTable::Cpu) {
        RW_TRY_ASSIGN(const std::string text, file("/proc/stat"));
        m_cores.add(steadyMillis, proc::parseStat(text));
    } else if (m_table == MachineTable::Disk || m_table == MachineTable::Network) {
        RW_TRY_ASSIGN(Counters found, counters());
        m_counters.add(steadyMillis, std::move(found));
    } else if (m_table == MachineTable::Processes) {
        RW_TRY_ASSIGN(Processes found, processes());
        m_processes.add(steadyMillis, std::move(found));
    }
    return {};
}

Status MachineReader::open(std::int64_t steadyMillis) {
    RW_TRY(measure(steadyMillis));
    if (m_table == MachineTable::Memory) return memoryRows(0).status();
    if (m_table == MachineTable::Load) return loadRows(0).status();
    return {};
}

Result<MachineReader::Rows> MachineReader::read(Instant now, std::int64_t steadyMillis) {
    RW_TRY(measure(steadyMillis));
    switch (m_table) {
        case MachineTable::Cpu:
            return cpuRows(now);
        case MachineTable::Memory:
            return memoryRows(now);
        case MachineTable::Processes:
            return processRows(now);
        case MachineTable::Disk:
        case MachineTable::Network:
            return counterRows(now);
        case MachineTable::Load:
            return loadRows(now);
    }
    return Rows{};
}

Value MachineReader::frequency(int core, const std::vector<double>& cpuinfo) const {
    const auto text =
        file("/sys/devices/system/cpu/cpu" + std::to_string(core) + "/cpufreq/scaling_cur_freq");
    int kilohertz = 0;
    if (text.ok() &&
        std::from_chars(text->data(), text->data() + text->size(), kilohertz).ec == std::errc()) {
        return kilohertz / 1000;
    }
    if (static_cast<std::size_t>(core) >= cpuinfo.size()) return {};
    return static_cast<std::int32_t>(std::lround(cpuinfo[static_cast<std::size_t>(core)]));
}

MachineReader::Rows MachineReader::cpuRows(Instant now) const {
    Rows rows;
    if (!m_cores.comparable()) return rows;
    const auto cpuinfo = file("/proc/cpuinfo");
    const auto megahertz = cpuinfo.ok() ? proc::parseCpuinfoMhz(*cpuinfo) : std::vector<double>{};
    for (const proc::CoreTimes& core : m_cores.now()) {
        Value load;  // unknown for a core that was just switched on
        for (const proc::CoreTimes& before : m_cores.before()) {
            if (before.core != core.core || core.total <= before.total || core.busy < before.busy) continue;
            load = std::min(1.0, static_cast<double>(core.busy - before.busy) /
                                     static_cast<double>(core.total - before.total));
        }
        rows.push_back({now, core.core, load, frequency(core.core, megahertz)});
    }
    return rows;
}

MachineReader::Rows MachineReader::counterRows(Instant now) const {
    Rows rows;
    if (!m_counters.comparable()) return rows;
    const double seconds = m_counters.seconds();
    for (const auto& [name, count] : m_counters.now()) {
        const auto before = m_counters.before().find(name);
        if (before == m_counters.before().end()) continue;  // new: its rate is known from the next reading on
        rows.push_back({now, name, rate(before->second.first, count.first, seconds),
                        rate(before->second.second, count.second, seconds)});
    }
    return rows;
}

MachineReader::Rows MachineReader::processRows(Instant now) const {
    Rows rows;
    if (!m_processes.comparable()) return rows;
    static const auto kTicksPerSecond = static_cast<double>(::sysconf(_SC_CLK_TCK));
    static const auto kPageBytes = static_cast<std::int64_t>(::sysconf(_SC_PAGESIZE));
    for (const auto& [identity, process] : m_processes.now()) {
        const auto known = m_processes.before().find(identity);
        const std::uint64_t before = known == m_processes.before().end() ? 0 : known->second.ticks;
        const auto ticks = static_cast<double>(process.ticks < before ? 0 : process.ticks - before);
        rows.push_back({now, process.pid, process.name, 100 * ticks / kTicksPerSecond / m_processes.seconds(),
                        process.pages * kPageBytes});
    }
    return rows;
}

Result<MachineReader::Rows> MachineReader::memoryRows(Instant now) const {
    RW_TRY_ASSIGN(const std::string text, file("/proc/meminfo"));
    const auto memory = proc::parseMeminfo(text);
    if (!memory)
        return Status(ErrorCode::Io,
                      RW_TEXT("this_computer", "“%1” names no memory.").with(m_root + "/proc/meminfo"));
    return Rows{{now, memory->total, memory->total - memory->available, memory->available, memory->swapUsed}};
}

Result<MachineReader::Rows> MachineReader::loadRows(Instant now) const {
    RW_TRY_ASSIGN(const std::string text, file("/proc/loadavg"));
    const auto load = proc::parseLoadavg(text);
    if (!load)
        return Status(ErrorCode::Io,
                      RW_TEXT("this_computer", "“%1” names no load.").with(m_root + "/proc/loadavg"));
    return Rows{{now, load->one, load->five, load->fifteen}};
}

}  // namespace rw
