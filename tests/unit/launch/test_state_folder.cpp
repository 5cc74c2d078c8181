// Where a run keeps the state that does not fit into memory: a folder of its own for each run of a pipeline,
// and nothing that a killed run has left stays.
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/launch/state_folder.h"
#include "core/nodes/catalogue.h"
#include "core/state/checkpoint_location.h"
#include "core/store/spill_folder.h"

using namespace rw;

namespace {

const QString kLeft = QStringLiteral("spill-fedcba9876543210-3.run");

/// A pipeline's file in a folder in which all is that a run looks at.
class Place {
 public:
    explicit Place(const QString& name = QStringLiteral("p.rill")) {
        qputenv("XDG_RUNTIME_DIR", m_top.path().toUtf8());
        qputenv("XDG_DATA_HOME", path("data").toUtf8());
        m_validating.file = path(name).toStdString();
    }
    QString path(const QString& name) const { return m_top.filePath(name); }
    QString named() const { return path(QStringLiteral("named")); }
    /// The folder of the first run in each place; of a short name.
    QString inNamed() const { return path(QStringLiteral("named/p.checkpoints.sqlite.rill-state")); }
    QString besideCheckpoints() const { return path(QStringLiteral("kept.sqlite.rill-state")); }
    QString atHome() const {
        return QString::fromStdString(locationAtHome(m_validating.file).path + ".rill-state");
    }
    /// A run that takes checkpoints.
    AssembledRun checkpointed() const {
        AssembledRun run;
        run.checkpoints.emplace();
        run.checkpoints->location.path = path(QStringLiteral("kept.sqlite")).toStdString();
        return run;
    }
    Result<std::shared_ptr<SpillFolder>> open(const QString& folder, const AssembledRun& run = {},
                                              std::uint64_t stateMemory = 1'000) const {
        RunOptions options;
        options.stateMemory = stateMemory;
        RW_TRY(
            openStateFolder({m_pipeline, m_validating, m_kinds, m_plan}, folder.toStdString(), run, options));
        return options.spill;
    }
    /// What a killed run has left in a folder.
    static QString leaveIn(const QString& folder) {
        const QString left = folder + QLatin1Char('/') + kLeft;
        QFile file(left);
        if (!QDir().mkpath(folder) || !file.open(QIODevice::WriteOnly) || file.write("state") != 5)
            qFatal("not written");
        return left;
    }
    QStringList namesIn(const QString& folder) const {
        return QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    }

 private:
    const QTemporaryDir m_top{};
    const Catalogue m_kinds = builtin();
    const Pipeline m_pipeline{};
    const Plan m_plan{};
    ValidateOptions m_validating{};
};

QString pathIn(const std::shared_ptr<SpillFolder>& folder) {
    const auto path = folder->nextPath();
    return path.ok() ? QString::fromStdString(*path) : QStringLiteral("no path");
}

}  // namespace

class TestStateFolder : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void itLiesWhereItWasAskedFor() {
        const Place place;
        const auto named = place.open(place.named(), place.checkpointed());
        QVERIFY(QDir(place.inNamed()).exists());
        QVERIFY(pathIn(*named).startsWith(place.inNamed() + QStringLiteral("/spill-")));
        const auto beside = place.open({}, place.checkpointed());
        QVERIFY(!QDir(place.besideCheckpoints()).exists());
        QVERIFY(pathIn(*beside).startsWith(place.besideCheckpoints() + QStringLiteral("/spill-")));
        const auto home = place.open({});
        QVERIFY(!QDir(place.atHome()).exists());
        QVERIFY(pathIn(*home).startsWith(place.atHome() + QStringLiteral("/spill-")));
    }

    void filesHaveTheNameOfTheRun() {
        const Place place;
        const AssembledRun run;
        const auto folder = place.open({}, run);
        QCOMPARE(pathIn(*folder).section(QLatin1Char('/'), -1),
                 QStringLiteral("spill-%1-1.run").arg(QString::fromStdString(run.id)));
    }

    void aRunInMemoryHasNone() {
        const Place place;
        const auto folder = place.open(place.named(), place.checkpointed(), 0);
        QVERIFY(folder.ok() && !*folder);
        QVERIFY(!QDir(place.named()).exists());
    }

    void runsAtTheSameTimeHaveOneEach() {
        const Place place;
        const auto first = place.open({}), second = place.open({});
        QVERIFY(pathIn(*second).startsWith(place.atHome() + QStringLiteral("-2/")));
        QVERIFY(pathIn(*first).startsWith(place.atHome() + QLatin1Char('/')));
        const auto third = place.open({});
        QVERIFY(pathIn(*third).startsWith(place.atHome() + QStringLiteral("-3/")));
    }

    void whatKilledRunsLeftIsRemoved_data() {
        QTest::addColumn<QString>("ending");
        QTest::addColumn<int>("stateMemory");
        QTest::newRow("the first one") << QString() << 1'000;
        QTest::newRow("the second one") << QStringLiteral("-2") << 1'000;
        QTest::newRow("one of many") << QStringLiteral("-17") << 1'000;
        QTest::newRow("the first one, by a run in memory") << QString() << 0;
        QTest::newRow("the second one, by a run in memory") << QStringLiteral("-2") << 0;
    }
    void whatKilledRunsLeftIsRemoved() {
        QFETCH(QString, ending);
        QFETCH(int, stateMemory);
        const Place place;
        for (const QString& folder : {place.inNamed(), place.besideCheckpoints(), place.atHome()})
            Place::leaveIn(folder + ending);
        QVERIFY(
            place.open(place.named(), place.checkpointed(), static_cast<std::uint64_t>(stateMemory)).ok());
        for (const QString& folder : {place.inNamed(), place.besideCheckpoints(), place.atHome()})
            QVERIFY2(!QDir(folder + ending).exists(), qPrintable(folder));
    }

    void filesOfRunsThatLiveStay() {
        const Place place;
        const auto first = place.open({}), second = place.open({});
        QStringList files;
        for (const auto* folder : {&first, &second}) {
            files << pathIn(**folder);
            QFile file(files.back());
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        QVERIFY(place.open({}).ok());
        QVERIFY(place.open({}, {}, 0).ok());
        for (const QString& file : files) QVERIFY2(QFile::exists(file), qPrintable(file));
    }

    void foldersOfOthersStay() {
        const Place place;
        QStringList left;
        for (const char* name : {"p.checkpoints.sqlite.rill-state-", "p.checkpoints.sqlite.rill-state-2b",
                                 "p.checkpoints.sqlite.rill-states", "q.checkpoints.sqlite.rill-state"})
            left << Place::leaveIn(place.named() + QLatin1Char('/') + QLatin1String(name));
        QVERIFY(place.open(place.named()).ok());
        for (const QString& file : left) QVERIFY2(QFile::exists(file), qPrintable(file));
    }

    /// A name has 255 bytes.
    void ofALongNameItIsTheBeginning() {
        const Place place(QStringLiteral("x%1.rill").arg(QString(124, QChar(0x00E9))));
        for (const QString& folder : {place.named(), QString()}) {
            const auto first = place.open(folder), second = place.open(folder);
            QVERIFY2(first.ok() && second.ok(), qPrintable(folder));
            QVERIFY(QFileInfo(pathIn(*first)).dir().exists() && QFileInfo(pathIn(*second)).dir().exists());
        }
        const AssembledRun run = [&place] {
            AssembledRun kept = place.checkpointed();
            kept.checkpoints->location.path = place.path(QString(255, QLatin1Char('c'))).toStdString();
            return kept;
        }();
        const auto beside = place.open({}, run);
        QVERIFY(beside.ok() && QFileInfo(pathIn(*beside)).dir().exists());
    }

    void aPlaceThatCanNotBeUsedIsAnError() {
        const Place place;
        QFile file(place.named());
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto folder = place.open(place.named());
        QVERIFY(!folder.ok());
        QVERIFY(english(folder.error().fix).find("--state-dir") != std::string::npos);
    }

    /// Nor is it in the way of a run that does not need it.
    void aPlaceThatCanNotBeCleanedIsLeft() {
        const Place place;
        QVERIFY(QDir().mkpath(QFileInfo(place.atHome()).path()));
        QFile file(place.atHome());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(place.open({}, {}, 0).ok());
        QVERIFY(file.exists());
    }
};

QTEST_APPLESS_MAIN(TestStateFolder)
#include "test_state_folder.moc"
