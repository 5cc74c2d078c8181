// Where a run keeps the state that does not fit into memory: a folder of its own for each run of a pipeline,
// and nothing that a killed run has left stays.
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/launch/state_folder.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/checks/settings_check.h"
#include "core/state/checkpoint_location.h"
#include "core/store/spill_folder.h"

using namespace rw;

namespace {

const QString kLeft = QStringLiteral("spill-fedcba9876543210-3.run");

Plan planThatSpills() {
    auto bound = std::make_shared<BoundNode>();
    bound->spills = true;
    Plan plan;
    plan.stages.emplace_back().nodes.emplace_back().bound = std::move(bound);
    return plan;
}

/// A pipeline's file in a folder in which all is that a run looks at.
class Folders {
 public:
    explicit Folders(const QString& name = QStringLiteral("p.rill")) {
        qputenv("XDG_RUNTIME_DIR", m_top.path().toUtf8());
        qputenv("XDG_DATA_HOME", path("data").toUtf8());
        m_validating.file = path(name).toStdString();
    }
    QString path(const QString& name) const { return m_top.filePath(name); }
    QString named() const { return path(QStringLiteral("named")); }
    /// The folder of the first run in each folders; of a short name.
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
        return open(folder, run, options);
    }
    Result<std::shared_ptr<SpillFolder>> open(const QString& folder, const AssembledRun& run,
                                              RunOptions& options) const {
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
    const Plan m_plan = planThatSpills();
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
        const Folders folders;
        const auto named = folders.open(folders.named(), folders.checkpointed());
        QVERIFY(QDir(folders.inNamed()).exists());
        QVERIFY(pathIn(*named).startsWith(folders.inNamed() + QStringLiteral("/spill-")));
        const auto beside = folders.open({}, folders.checkpointed());
        QVERIFY(!QDir(folders.besideCheckpoints()).exists());
        QVERIFY(pathIn(*beside).startsWith(folders.besideCheckpoints() + QStringLiteral("/spill-")));
        const auto home = folders.open({});
        QVERIFY(!QDir(folders.atHome()).exists());
        QVERIFY(pathIn(*home).startsWith(folders.atHome() + QStringLiteral("/spill-")));
    }

    void filesHaveTheNameOfTheRun() {
        const Folders folders;
        const AssembledRun run;
        const auto folder = folders.open({}, run);
        QCOMPARE(pathIn(*folder).section(QLatin1Char('/'), -1),
                 QStringLiteral("spill-%1-1.run").arg(QString::fromStdString(run.id)));
    }

    void whereNobodyAskedItIsThereIfItCanBe() {
        const Folders folders;
        const auto folder = folders.open({}, folders.checkpointed(), 0);
        QVERIFY(folder.ok() && *folder && (*folder)->isOptional());
        QVERIFY(!QDir(folders.besideCheckpoints()).exists());
        QVERIFY(!(*folders.open({}, folders.checkpointed()))->isOptional());
        QVERIFY(!(*folders.open(folders.named(), folders.checkpointed(), 0))->isOptional());
        QFile file(folders.atHome());
        QVERIFY(QDir().mkpath(QFileInfo(folders.atHome()).path()) && file.open(QIODevice::WriteOnly));
        const auto none = folders.open({}, {}, 0);
        QVERIFY(none.ok() && !*none);
        QVERIFY(!folders.open({}).ok());
    }

    void runsAtTheSameTimeHaveOneEach() {
        const Folders folders;
        const auto first = folders.open({}), second = folders.open({});
        QVERIFY(pathIn(*second).startsWith(folders.atHome() + QStringLiteral("-2/")));
        QVERIFY(pathIn(*first).startsWith(folders.atHome() + QLatin1Char('/')));
        const auto third = folders.open({});
        QVERIFY(pathIn(*third).startsWith(folders.atHome() + QStringLiteral("-3/")));
    }

    void runsThatSayNoMemoryShareThatOfTheMachine() {
        const Folders folders;
        const auto memoryOf = [&folders](std::uint64_t asked, std::shared_ptr<SpillFolder>& folder) {
            RunOptions options;
            options.stateMemory = asked;
            folder = *folders.open(folders.named(), {}, options);
            return options.stateMemory;
        };
        std::shared_ptr<SpillFolder> first, second, third, asked, next;
        QCOMPARE(memoryOf(0, first), usualStateMemory());
        QCOMPARE(memoryOf(0, second), usualStateMemory() / 2);
        QCOMPARE(memoryOf(1'000, asked), std::uint64_t{1'000});
        QCOMPARE(memoryOf(0, third), usualStateMemory() / 3);
        second->end();  // with its run, which may be kept to be looked at
        QCOMPARE(memoryOf(0, next), usualStateMemory() / 2);
    }

    void whatKilledRunsLeftIsRemoved_data() {
        QTest::addColumn<QString>("ending");
        QTest::addColumn<int>("stateMemory");
        QTest::newRow("the first one") << QString() << 1'000;
        QTest::newRow("the second one") << QStringLiteral("-2") << 1'000;
        QTest::newRow("one of many") << QStringLiteral("-17") << 1'000;
        QTest::newRow("the first one, by a run that nobody asked to have files") << QString() << 0;
        QTest::newRow("the second one, by a run that nobody asked to have files")
            << QStringLiteral("-2") << 0;
    }
    void whatKilledRunsLeftIsRemoved() {
        QFETCH(QString, ending);
        QFETCH(int, stateMemory);
        const Folders folders;
        for (const QString& folder : {folders.inNamed(), folders.besideCheckpoints(), folders.atHome()})
            Folders::leaveIn(folder + ending);
        QVERIFY(folders.open(folders.named(), folders.checkpointed(), static_cast<std::uint64_t>(stateMemory))
                    .ok());
        for (const QString& folder : {folders.inNamed(), folders.besideCheckpoints(), folders.atHome()})
            QVERIFY2(!QDir(folder + ending).exists(), qPrintable(folder));
    }

    void filesOfRunsThatLiveStay() {
        const Folders folders;
        const auto first = folders.open({}), second = folders.open({});
        QStringList files;
        for (const auto* folder : {&first, &second}) {
            files << pathIn(**folder);
            QFile file(files.back());
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        QVERIFY(folders.open({}).ok());
        QVERIFY(folders.open({}, {}, 0).ok());
        for (const QString& file : files) QVERIFY2(QFile::exists(file), qPrintable(file));
    }

    void foldersOfOthersStay() {
        const Folders folders;
        QStringList left;
        for (const char* name : {"p.checkpoints.sqlite.rill-state-", "p.checkpoints.sqlite.rill-state-2b",
                                 "p.checkpoints.sqlite.rill-states", "q.checkpoints.sqlite.rill-state"})
            left << Folders::leaveIn(folders.named() + QLatin1Char('/') + QLatin1String(name));
        QVERIFY(folders.open(folders.named()).ok());
        for (const QString& file : left) QVERIFY2(QFile::exists(file), qPrintable(file));
    }

    /// A name has 255 bytes.
    void ofALongNameItIsTheBeginning() {
        const Folders folders(QStringLiteral("x%1.rill").arg(QString(124, QChar(0x00E9))));
        for (const QString& folder : {folders.named(), QString()}) {
            const auto first = folders.open(folder), second = folders.open(folder);
            QVERIFY2(first.ok() && second.ok(), qPrintable(folder));
            QVERIFY(QFileInfo(pathIn(*first)).dir().exists() && QFileInfo(pathIn(*second)).dir().exists());
        }
        const AssembledRun run = [&folders] {
            AssembledRun kept = folders.checkpointed();
            kept.checkpoints->location.path = folders.path(QString(255, QLatin1Char('c'))).toStdString();
            return kept;
        }();
        const auto beside = folders.open({}, run);
        QVERIFY(beside.ok() && QFileInfo(pathIn(*beside)).dir().exists());
    }

    void aPlaceThatCanNotBeUsedIsAnError() {
        const Folders folders;
        QFile file(folders.named());
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto folder = folders.open(folders.named());
        QVERIFY(!folder.ok());
        QVERIFY(english(folder.error().fix).find("--state-dir") != std::string::npos);
    }

    /// Nor is it in the way of a run that does not need it.
    void aPlaceThatCanNotBeCleanedIsLeft() {
        const Folders folders;
        QVERIFY(QDir().mkpath(QFileInfo(folders.atHome()).path()));
        QFile file(folders.atHome());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(folders.open({}, {}, 0).ok());
        QVERIFY(file.exists());
    }
};

QTEST_APPLESS_MAIN(TestStateFolder)
#include "test_state_folder.moc"
