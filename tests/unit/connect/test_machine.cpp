// Rates from two readings of a made-up machine, and missing readings.
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/connect/machine/machine.h"

using namespace rw;

namespace {

/// A folder with a /proc and a /sys of our own.
class Machine {
 public:
    void write(const QString& path, const QByteArray& text) {
        const QString full = m_folder.filePath(path);
        QDir().mkpath(QFileInfo(full).path());
        QFile file(full);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    void remove(const QString& path) { QDir(m_folder.filePath(path)).removeRecursively(); }
    MachineReader reader(MachineTable table) { return MachineReader(table, m_folder.path().toStdString()); }
    /// A process that has used so many ticks.
    void process(int pid, const char* name, int ticks, int started = 1) {
        write(QStringLiteral("proc/%1/stat").arg(pid), QByteArray::number(pid) + " (" + name +
                                                           ") S 1 1 1 0 -1 0 0 0 0 0 " +
                                                           QByteArray::number(ticks) + " 0 0 0 20 0 1 0 " +
                                                           QByteArray::number(started) + " 1000 2 0\n");
    }

 private:
    QTemporaryDir m_folder;
};

using Rows = std::vector<std::vector<Value>>;

}  // namespace

class TestMachine : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void loadIsTheBusyShareSinceTheLastReading() {
        Machine machine;
        machine.write("proc/stat", "cpu0 100 0 0 900 0 0 0 0\ncpu1 0 0 0 1000 0 0 0 0\n");
        machine.write("proc/cpuinfo", "cpu MHz : 1000.4\ncpu MHz : 2000.6\n");
        machine.write("sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq", "3300000\n");
        MachineReader reader = machine.reader(MachineTable::Cpu);
        QVERIFY(reader.open(0).ok());
        machine.write("proc/stat", "cpu0 125 0 0 975 0 0 0 0\ncpu1 100 0 0 1000 0 0 0 0\n");
        const auto rows = reader.read(5000, 1000);
        QCOMPARE(*rows, (Rows{{Instant{5000}, std::int32_t{0}, 0.25, std::int32_t{3300}},
                              {Instant{5000}, std::int32_t{1}, 1.0, std::int32_t{2001}}}));
    }

    void whatIsNotKnownIsNull() {
        Machine machine;
        machine.write("proc/stat", "cpu0 100 0 0 900\n");
        MachineReader reader = machine.reader(MachineTable::Cpu);
        QVERIFY(reader.open(0).ok());
        machine.write("proc/stat", "cpu0 100 0 0 900\ncpu7 5 0 0 5\n");
        QCOMPARE(*reader.read(1, 1000), (Rows{{Instant{1}, std::int32_t{0}, Value{}, Value{}},
                                              {Instant{1}, std::int32_t{7}, Value{}, Value{}}}));
    }

    void fastReadingsAreMeasuredOverATenthOfASecond() {
        Machine machine;
        machine.write("proc/stat", "cpu0 0 0 0 0\n");
        MachineReader reader = machine.reader(MachineTable::Cpu);
        QVERIFY(reader.open(0).ok());
        // Half busy; in single readings of 10 ms it would be all or nothing.
        for (int i = 1; i <= 40; ++i) {
            machine.write("proc/stat", QStringLiteral("cpu0 %1 0 0 %2\n").arg(i / 2).arg(i - i / 2).toUtf8());
            const auto rows = reader.read(i, i * 10);
            if (i > 10) QVERIFY(std::abs(std::get<double>((*rows)[0][2]) - 0.5) <= 0.1);
        }
    }

    void networkIsBytesASecond() {
        Machine machine;
        const auto counts = [&](int received, int sent) {
            machine.write("proc/net/dev",
                          QStringLiteral("eth0: %1 0 0 0 0 0 0 0 %2 0\n").arg(received).arg(sent).toUtf8());
        };
        counts(1000, 500);
        MachineReader reader = machine.reader(MachineTable::Network);
        QVERIFY(reader.open(0).ok());
        counts(3000, 600);
        QCOMPARE(*reader.read(9, 2000), (Rows{{Instant{9}, std::string("eth0"), 1000.0, 50.0}}));
        counts(10, 700);  // reset
        QCOMPARE(*reader.read(10, 4000), (Rows{{Instant{10}, std::string("eth0"), Value{}, 50.0}}));
    }

    void onlyWholeDisksCount() {
        Machine machine;
        const auto counts = [&](int sectors) {
            QByteArray text;
            for (const char* name : {"sda", "sda1", "loop0", "ram0"}) {
                text +=
                    QByteArray("8 0 ") + name + " 0 0 " + QByteArray::number(sectors) + " 0 0 0 0 0 0 0 0\n";
            }
            machine.write("proc/diskstats", text);
        };
        machine.write("sys/block/sda/size", "1\n");
        machine.write("sys/block/loop0/size", "1\n");
        counts(0);
        MachineReader reader = machine.reader(MachineTable::Disk);
        QVERIFY(reader.open(0).ok());
        counts(10);
        QCOMPARE(*reader.read(1, 1000), (Rows{{Instant{1}, std::string("sda"), 5120.0, 0.0}}));
    }

    void processesComeAndGo() {
        Machine machine;
        machine.process(1, "init", 100);
        machine.process(2, "old", 100);
        machine.write("proc/version", "not a process\n");
        MachineReader reader = machine.reader(MachineTable::Processes);
        QVERIFY(reader.open(0).ok());
        machine.process(1, "init", 150);
        machine.process(2, "new", 20, 99);  // the number was used again
        machine.process(3, "born", 10, 99);
        const auto rows = reader.read(7, 1000);
        const double perTick = 100.0 / static_cast<double>(sysconf(_SC_CLK_TCK));
        const std::int64_t memory = 2 * sysconf(_SC_PAGESIZE);
        QCOMPARE(*rows, (Rows{{Instant{7}, std::int32_t{1}, std::string("init"), 50 * perTick, memory},
                              {Instant{7}, std::int32_t{2}, std::string("new"), 20 * perTick, memory},
                              {Instant{7}, std::int32_t{3}, std::string("born"), 10 * perTick, memory}}));
        machine.remove("proc/3");
        QCOMPARE(reader.read(8, 2000)->size(), std::size_t{2});
    }

    void memoryAndLoadAreReadAsTheyStand() {
        Machine machine;
        machine.write("proc/meminfo",
                      "MemTotal: 100 kB\nMemAvailable: 40 kB\nSwapTotal: 9 kB\nSwapFree: 8 kB\n");
        machine.write("proc/loadavg", "0.50 0.25 0.75 1/2 3\n");
        MachineReader memory = machine.reader(MachineTable::Memory);
        QVERIFY(memory.open(0).ok());
        QCOMPARE(*memory.read(1, 0), (Rows{{Instant{1}, std::int64_t{102'400}, std::int64_t{61'440},
                                            std::int64_t{40'960}, std::int64_t{1024}}}));
        MachineReader load = machine.reader(MachineTable::Load);
        QVERIFY(load.open(0).ok());
        QCOMPARE(*load.read(1, 0), (Rows{{Instant{1}, 0.5, 0.25, 0.75}}));
    }

    void aSilentMachineIsAClearError() {
        for (const auto table : {MachineTable::Cpu, MachineTable::Memory, MachineTable::Processes,
                                 MachineTable::Disk, MachineTable::Network, MachineTable::Load}) {
            Machine machine;
            const Status status = machine.reader(table).open(0);
            QVERIFY(!status.ok());
            QVERIFY(english(status.error()).find("/proc") != std::string::npos);
            QVERIFY(!status.error().fix.empty());
        }
    }

    void thisMachineFitsItsSchemas() {
        for (const auto table :
             {MachineTable::Cpu, MachineTable::Memory, MachineTable::Processes, MachineTable::Load}) {
            MachineReader reader(table);
            QVERIFY(reader.open(0).ok());
            const auto rows = reader.read(1, 1000);
            QVERIFY(rows.ok() && !rows->empty());
            const SchemaRef schema = machineSchema(table);
            for (const auto& row : *rows) {
                QCOMPARE(row.size(), schema->size());
                for (std::size_t i = 0; i < row.size(); ++i) {
                    ColumnBuilder builder(schema->fields[i].type);
                    appendValue(builder, row[i]);
                    QCOMPARE(valueAt(*builder.finish(), 0), row[i]);
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestMachine)
#include "test_machine.moc"
