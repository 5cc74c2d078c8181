// Which files have changed since a run read them: others of the same size, grown ones, removed and added
// ones; and that one which has the same bytes has not.
#include <QtTest/QtTest>

#include "core/launch/files_read.h"
#include "core/nodes/catalogue.h"
#include "tests/support/memory_files.h"

using namespace rw;
using namespace rw::test;

namespace {

using Kind = FileChange::Kind;

const Catalogue& kinds() {
    static const Catalogue kKinds = builtin();
    return kKinds;
}

std::shared_ptr<const Plan> planOf(const char* path) {
    Pipeline pipeline;
    pipeline.nodes.resize(2);
    pipeline.nodes[0].id = "in";
    pipeline.nodes[0].type = "csv_source";
    pipeline.nodes[0].params = Json{{"path", path}, {"columns", Json::array({"n INT"})}};
    pipeline.nodes[1].id = "seen";
    pipeline.nodes[1].type = "table_view";
    pipeline.nodes[1].params = Json::object();
    pipeline.wires.push_back({{"in", "out"}, {"seen", "in"}, Json::object()});
    PlanOptions options;
    options.parallelism = 1;
    options.validate.folder = "/data";
    options.validate.files = false;
    return makePlan(pipeline, kinds(), options).plan;
}

std::string large(char first, char middle, char last) {
    std::string bytes(std::size_t{3} << 20, '0');
    bytes.front() = first;
    bytes[bytes.size() / 2] = middle;
    bytes.back() = last;
    return bytes;
}

/// A folder with two files, and a run that has read it.
struct Fixture {
    MemoryFiles files{};
    std::shared_ptr<const Plan> plan;
    FilesRead before{};

    explicit Fixture(const char* path, std::string content = "n\n1\n2\n") : plan(planOf(path)) {
        files.replace("/data/orders.csv", std::move(content));
        files.replace("/data/parts/a.csv", "n\n3\n");
        files.replace("/data/parts/b.csv", "n\n4\n");
        if (plan) before = filesRead(*plan, files);
    }
    std::vector<FileChange> changes() const { return changedFiles(before, *plan, files); }
    std::string words() const { return english(changedWords(changes())); }
    bool are(const std::vector<FileChange>& expected) const { return changes() == expected; }
};

}  // namespace

class TestChangedFiles : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void nothingIsSaidOfFilesThatAreAsTheyWere() {
        for (const char* path : {"orders.csv", "parts", "parts/*.csv"}) {
            Fixture fixture(path);
            QVERIFY(fixture.plan);
            QCOMPARE(fixture.before.paths.size(), std::size_t{1});
            QVERIFY2(fixture.are({}), fixture.words().c_str());
            QVERIFY(fixture.words().empty());
            // What the plan does not read may be as it likes.
            fixture.files.replace("/data/other.csv", "n\n5\n");
            QVERIFY2(fixture.are({}), fixture.words().c_str());
        }
    }

    void theSameBytesWrittenAnewAreNoChange() {
        Fixture fixture("orders.csv");
        QVERIFY(fixture.plan);
        fixture.files.rewrite("/data/orders.csv", "n\n1\n2\n");
        QVERIFY2(fixture.are({}), fixture.words().c_str());
        fixture.files.replace("/data/orders.csv", "n\n1\n2\n");
        QVERIFY2(fixture.are({}), fixture.words().c_str());
    }

    void anotherFileOfTheSameSizeIsSeen() {
        Fixture fixture("orders.csv");
        QVERIFY(fixture.plan);
        fixture.files.replace("/data/orders.csv", "n\n1\n7\n");
        QVERIFY2(fixture.are({{Kind::Changed, "/data/orders.csv"}}), fixture.words().c_str());
        QVERIFY2(fixture.words().starts_with("“orders.csv” has changed since the run; the answer is of the "
                                             "file as it is now. Run again"),
                 fixture.words().c_str());
    }

    void aShorterFileHasChanged() {
        Fixture fixture("orders.csv");
        QVERIFY(fixture.plan);
        fixture.files.rewrite("/data/orders.csv", "n\n1\n");
        QVERIFY2(fixture.are({{Kind::Changed, "/data/orders.csv"}}), fixture.words().c_str());
    }

    void rowsBehindTheOldOnesAreToldOtherwise() {
        Fixture fixture("orders.csv");
        QVERIFY(fixture.plan);
        fixture.files.append("/data/orders.csv", "3\n");
        QVERIFY2(fixture.are({{Kind::Grown, "/data/orders.csv"}}), fixture.words().c_str());
        QVERIFY2(fixture.words().find("has grown since the run") != std::string::npos,
                 fixture.words().c_str());
        // More bytes, but others before them.
        fixture.files.rewrite("/data/orders.csv", "n\n1\n7\n3\n");
        QVERIFY2(fixture.are({{Kind::Changed, "/data/orders.csv"}}), fixture.words().c_str());
    }

    void aRemovedFileIsSeen() {
        Fixture fixture("orders.csv");
        QVERIFY(fixture.plan);
        fixture.files.remove("/data/orders.csv");
        QVERIFY2(fixture.are({{Kind::Removed, "/data/orders.csv"}}), fixture.words().c_str());
        QVERIFY2(fixture.words().find("has been removed since the run") != std::string::npos,
                 fixture.words().c_str());
    }

    void filesComeAndGoInAFolder() {
        Fixture fixture("parts");
        QVERIFY(fixture.plan);
        fixture.files.replace("/data/parts/c.csv", "n\n9\n");
        QVERIFY2(fixture.are({{Kind::Added, "/data/parts/c.csv"}}), fixture.words().c_str());
        fixture.files.remove("/data/parts/a.csv");
        fixture.files.append("/data/parts/b.csv", "5\n");
        QVERIFY2(fixture.are({{Kind::Removed, "/data/parts/a.csv"},
                              {Kind::Grown, "/data/parts/b.csv"},
                              {Kind::Added, "/data/parts/c.csv"}}),
                 fixture.words().c_str());
        QVERIFY2(
            fixture.words().starts_with("“a.csv” and 2 other files have changed since the run: the answer"),
            fixture.words().c_str());
    }

    // Of a large file only the ends are read; that it was written is enough.
    void largeFilesAreKnownByTheirEnds() {
        Fixture fixture("orders.csv", large('a', 'b', 'c'));
        QVERIFY(fixture.plan);
        QVERIFY(fixture.are({}));
        fixture.files.append("/data/orders.csv", "more");
        QVERIFY(fixture.are({{Kind::Grown, "/data/orders.csv"}}));
        for (const std::string& other : {large('x', 'b', 'c'), large('a', 'x', 'c'), large('a', 'b', 'x')}) {
            fixture.files.rewrite("/data/orders.csv", other);
            QVERIFY(fixture.are({{Kind::Changed, "/data/orders.csv"}}));
        }
        fixture.files.rewrite("/data/orders.csv", large('a', 'b', 'x') + "more");
        QVERIFY(fixture.are({{Kind::Changed, "/data/orders.csv"}}));
    }

    void whatTheRunDidNotReadSaysNothing() {
        Fixture fixture("orders.csv");
        const std::shared_ptr<const Plan> other = planOf("parts/a.csv");
        QVERIFY(fixture.plan && other);
        fixture.files.rewrite("/data/parts/a.csv", "n\n8\n");
        fixture.files.rewrite("/data/orders.csv", "n\n8\n");
        QVERIFY(changedFiles(fixture.before, *other, fixture.files).empty());
        // Nor does a file that was not there yet.
        Fixture missing("none.csv");
        QVERIFY(missing.plan);
        missing.files.replace("/data/none.csv", "n\n1\n");
        QVERIFY2(missing.are({}), missing.words().c_str());
    }
};

QTEST_APPLESS_MAIN(TestChangedFiles)
#include "test_changed_files.moc"
