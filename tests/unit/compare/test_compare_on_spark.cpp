// The program that Spark gets to compare: it reads the files as a deployed one does, and copies only
// those that it can't read. spark-submit is a script of the test's.
#include <QtTest/QtTest>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/compare/compare.h"
#include "core/nodes/catalogue.h"
#include "tests/support/child.h"
#include "tests/support/pipeline_of.h"

using namespace rw;
using namespace rw::test;

namespace fs = std::filesystem;

namespace {

/// Keeps the program and the words that it was given, and says the rows of one sink.
constexpr const char* kKeepsProgram =
    "#!/bin/bash\n"
    "printf '%s\\n' \"$@\" >\"${0%/*}/words\"\n"
    "for word in \"$@\"; do [[ $word != *.py ]] || cp \"$word\" \"${0%/*}/program\"; done\n"
    "for word in \"$@\"; do [[ $word != */staged ]] || ls \"$word\" >\"${0%/*}/copies\"; done\n"
    "echo '{\"event\": \"rows\", \"sink\": \"shown\", \"batch\": 0, \"mode\": \"append\", \"first\": true, "
    "\"rows\": [[\"a\", \"1\"], [\"b\", \"2\"]]}'\n"
    "echo '{\"event\": \"ended\", \"good\": true}'\n";

class OnSpark {
 public:
    OnSpark() : m_folder("compare_spark") {
        std::ofstream(m_folder.path() / "rows.csv") << "v,k\n1,a\nmany,b\n2,b\n3\n";
        std::ofstream(m_folder.path() / "spark-submit") << kKeepsProgram;
        fs::permissions(m_folder.path() / "spark-submit", fs::perms::owner_all);
    }

    Result<CompareReport> compared(const Json& source) const {
        CompareRequest request;
        request.pipeline.nodes = {node("rows", "csv_source", source), node("shown", "table_view")};
        request.pipeline.wires = {wire("rows", "shown")};
        request.validate.folder = m_folder.path().string();
        request.catalogue = std::make_shared<const Catalogue>(builtin());
        request.a.name = kEmbeddedSide;
        request.b.name = "spark";
        Target& target = request.b.target.emplace();
        target.name = "spark";
        target.engine = Engine::Spark;
        target.spark.submit = (m_folder.path() / "spark-submit").string();
        return comparePipeline(request);
    }
    std::string folder() const { return m_folder.path().string(); }
    QString kept(const char* name) const {
        std::ifstream in(m_folder.path() / name, std::ios::binary);
        return QString::fromStdString({std::istreambuf_iterator<char>(in), {}});
    }

 private:
    testing::ScratchFolder m_folder;
};

}  // namespace

class TestCompareOnSpark : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    /// The header in another order, a cell that is no number and a short row are Spark's to read, too.
    void filesAreReadAsADeployedProgramReadsThem() {
        const OnSpark spark;
        const auto report = spark.compared({{"path", "rows.csv"}, {"columns", {"k STRING", "v INT"}}});
        QVERIFY2(report.ok(), report.ok() ? "" : english(report.error()).c_str());
        QVERIFY(report->same());
        const QString program = spark.kept("program"), words = spark.kept("words");
        QVERIFY2(program.contains("csv_cells(path(\"rows.csv\")"), qPrintable(program));
        QVERIFY(!program.contains("staged"));
        QVERIFY2(words.contains("\n--end\n") && words.contains("\n--once\n"), qPrintable(words));
        QVERIFY(!words.contains("--staged"));
    }

    /// Spark passes over files whose names begin with _; their rows can be compared all the same.
    void whatSparkCannotReadIsCopied() {
        const OnSpark spark;
        std::ofstream(fs::path(spark.folder()) / "_rows.csv") << "k,v\na,1\nb,2\n";
        const auto report = spark.compared({{"path", "_rows.csv"}, {"columns", {"k STRING", "v INT"}}});
        QVERIFY2(report.ok(), report.ok() ? "" : english(report.error()).c_str());
        QVERIFY(report->same());
        QVERIFY(spark.kept("program").contains("staged_rows(\"rows.csv\""));
        QVERIFY(spark.kept("words").contains("\n--staged\n"));
        QCOMPARE(spark.kept("copies"), QStringLiteral("rows.csv\n"));
    }
};

QTEST_APPLESS_MAIN(TestCompareOnSpark)
#include "test_compare_on_spark.moc"
