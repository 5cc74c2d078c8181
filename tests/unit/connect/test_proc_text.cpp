// The texts of /proc, as kernels write them: real ones, old ones, and broken ones.
#include <QtTest/QtTest>

#include "core/connect/machine/proc_text.h"

using namespace rw::proc;

class TestProcText : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void coresAreRead() {
        const auto cores = parseStat(
            "cpu  300 40 50 6000 70 0 8 9 0 0\n"
            "cpu0 100 20 30 3000 40 0 4 5 0 0\n"
            "cpu11 200 20 20 3000 30 0 4 4 7 0\n"
            "intr 692394 0 0\nctxt 1\n");
        QCOMPARE(cores.size(), std::size_t{2});  // not the sum of all
        QCOMPARE(cores[0].core, 0);
        QCOMPARE(cores[0].busy, std::uint64_t{159});
        QCOMPARE(cores[0].total, std::uint64_t{3199});
        QCOMPARE(cores[1].core, 11);
        QCOMPARE(cores[1].busy, std::uint64_t{248});
        QCOMPARE(cores[1].total, std::uint64_t{3278});  // guest time is part of user time
    }

    void anOldKernelHasFewerColumns() {
        const auto cores = parseStat("cpu0 1 2 3 4\n");
        QCOMPARE(cores.size(), std::size_t{1});
        QCOMPARE(cores[0].busy, std::uint64_t{6});
        QCOMPARE(cores[0].total, std::uint64_t{10});
    }

    void memoryIsInBytes() {
        const auto memory = parseMeminfo(
            "MemTotal:       24085224 kB\nMemFree:        20000000 kB\nMemAvailable:   23000000 kB\n"
            "SwapTotal:        100 kB\nSwapFree:          40 kB\nHugePages_Total:       0\n");
        QVERIFY(memory.has_value());
        QCOMPARE(memory->total, std::int64_t{24085224} * 1024);
        QCOMPARE(memory->available, std::int64_t{23000000} * 1024);
        QCOMPARE(memory->swapUsed, std::int64_t{60} * 1024);
    }

    void availableMemoryIsEstimatedWhereItIsNotTold() {
        const auto memory = parseMeminfo("MemTotal: 100 kB\nMemFree: 10 kB\nBuffers: 20 kB\nCached: 30 kB\n");
        QVERIFY(memory.has_value());
        QCOMPARE(memory->available, std::int64_t{60} * 1024);
    }

    void loadIsRead() {
        const auto load = parseLoadavg("0.43 1.44 2.00 1/114 28037\n");
        QVERIFY(load.has_value());
        QCOMPARE(load->one, 0.43);
        QCOMPARE(load->five, 1.44);
        QCOMPARE(load->fifteen, 2.0);
    }

    void disksCountSectorsOf512Bytes() {
        const auto disks = parseDiskstats(
            " 254       0 vda 130926 16907 7276050 109806 183281 46399 16086640 38398 0 20084 150595\n"
            " 254       1 vda1 short line\n");
        QCOMPARE(disks.size(), std::size_t{1});
        QCOMPARE(disks[0].name, std::string("vda"));
        QCOMPARE(disks[0].in, std::uint64_t{7276050} * 512);
        QCOMPARE(disks[0].out, std::uint64_t{16086640} * 512);
    }

    void interfacesMayStickToTheirColon() {
        const auto interfaces = parseNetDev(
            "Inter-|   Receive                                                |  Transmit\n"
            " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets\n"
            "    lo:    3193      29    0    0    0     0          0         0     4193      29\n"
            "eth0:596405147   13101    0    0    0     0          0         0   606646    7520    0\n");
        QCOMPARE(interfaces.size(), std::size_t{2});
        QCOMPARE(interfaces[0].name, std::string("lo"));
        QCOMPARE(interfaces[0].in, std::uint64_t{3193});
        QCOMPARE(interfaces[0].out, std::uint64_t{4193});
        QCOMPARE(interfaces[1].name, std::string("eth0"));
        QCOMPARE(interfaces[1].in, std::uint64_t{596405147});
        QCOMPARE(interfaces[1].out, std::uint64_t{606646});
    }

    void processNamesMayHoldAnything() {
        const auto process = parseProcess(
            "4711 (a ) (b) S 1 1 1 0 -1 4194304 98 0 0 0 17 25 0 0 20 0 1 0 156380 3133440 409 "
            "18446744073709551615 1\n");
        QVERIFY(process.has_value());
        QCOMPARE(process->pid, 4711);
        QCOMPARE(process->name, std::string("a ) (b"));
        QCOMPARE(process->ticks, std::uint64_t{42});
        QCOMPARE(process->started, std::uint64_t{156380});
        QCOMPARE(process->pages, std::int64_t{409});
        const auto bytes = parseProcess("1 (a\xff) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 1 1 1 0\n");
        QVERIFY(bytes.has_value());
        QCOMPARE(bytes->name, std::string("a\uFFFD"));
    }

    void frequenciesAreRead() {
        QCOMPARE(
            parseCpuinfoMhz("processor\t: 0\ncpu MHz\t\t: 2596.120\n\nprocessor\t: 1\ncpu MHz\t\t: 800.5\n"),
            (std::vector<double>{2596.120, 800.5}));
    }

    void nothingIsMadeOfNonsense() {
        for (const char* text : {"", "\n", ":", "cpu", "cpu0", "cpux 1 2 3 4 5", "a b c", "1 (x", ") 1 (",
                                 "0.1 0.2", "MemTotal:", "MemTotal: x kB", "\xff\xfe"}) {
            QVERIFY(parseStat(text).empty());
            QVERIFY(!parseMeminfo(text));
            QVERIFY(!parseLoadavg(text));
            QVERIFY(parseDiskstats(text).empty());
            QVERIFY(parseNetDev(text).empty());
            QVERIFY(!parseProcess(text));
            QVERIFY(parseCpuinfoMhz(text).empty());
        }
    }
};

QTEST_APPLESS_MAIN(TestProcText)
#include "test_proc_text.moc"
