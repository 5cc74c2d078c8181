// The input that a run keeps by itself is there until the next run of the document.
#include <QtTest/QtTest>

#include "tests/support/patience.h"
#include "tests/unit/panels/session_fixture.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

struct KeepingFixture : SessionFixture {
    QTemporaryDir folder{};
    NodeId live;

    KeepingFixture() {
        live = document.addNode(
            nodeOf("generator", QStringLiteral("Live"), Json{{"rate", 200}, {"columns", {"n BIGINT = i"}}}),
            {0, 0});
        document.addNodeBehind(nodeOf("table_view", QStringLiteral("Newest"), Json::object()), {300, 0},
                               {live, "out"});
        session.keepInput(folder.path(), true);
    }
    ~KeepingFixture() { (void)stop(); }
    QStringList files() const {
        QStringList all;
        QDirIterator found(folder.path(), {QStringLiteral("*.tape")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (found.hasNext()) all << found.next();
        return all;
    }
    /// Starts a run, and waits until it has kept something.
    bool keeps() {
        if (!validated()) return false;
        const auto before = session.keptInput();
        session.start();
        return QTest::qWaitFor(
            [&] {
                const auto& kept = session.keptInput();
                return kept && kept != before && kept->kept().any && session.state() == State::Running;
            },
            30'000);
    }
    bool stop() {
        session.stop(StopMode::Discard);
        return QTest::qWaitFor([this] { return !session.isActive(); }, 30'000);
    }
    bool gone(const QStringList& before) const {
        return std::none_of(before.begin(), before.end(),
                            [](const QString& file) { return QFile::exists(file); });
    }
};

}  // namespace

class TestKeptInputs : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theNextRunDropsIt() {
        KeepingFixture fixture;
        QVERIFY(fixture.keeps());
        const std::shared_ptr<RollingTape> first = fixture.session.keptInput();
        QTRY_VERIFY(!fixture.files().isEmpty());
        QVERIFY(fixture.stop());
        // The run has ended, and can be asked about still.
        const QStringList before = fixture.files();
        QVERIFY(!before.isEmpty() && first->kept().any);
        QCOMPARE(fixture.session.keptInput(), first);
        QVERIFY(fixture.keeps());
        QVERIFY(fixture.session.keptInput() != first);
        QTRY_VERIFY(!first->kept().any);
        QTRY_VERIFY(fixture.gone(before));
        QVERIFY(fixture.session.keptInput()->kept().any);
        QVERIFY(fixture.session.keptInputs().earlier().empty() && !fixture.session.keptInputs().wentOn());
    }

    void aRunThatKeepsNothingDropsItToo() {
        KeepingFixture fixture;
        QVERIFY(fixture.keeps());
        QTRY_VERIFY(!fixture.files().isEmpty());
        QVERIFY(fixture.stop());
        fixture.document.setParam(fixture.live, "rate", 0);
        fixture.document.setParam(fixture.live, "rows", 3);
        QVERIFY(fixture.validated() && fixture.runToTheEnd());
        QTRY_VERIFY(fixture.session.keptInput() == nullptr);
        QTRY_VERIFY(fixture.files().isEmpty());
    }

    void turnedOffItGoes() {
        KeepingFixture fixture;
        QVERIFY(fixture.keeps());
        QTRY_VERIFY(!fixture.files().isEmpty());
        fixture.session.keepInput(fixture.folder.path(), false);
        QVERIFY(fixture.session.keptInput() == nullptr);
        QTRY_VERIFY(fixture.files().isEmpty());
        QVERIFY(fixture.session.isActive());
    }
};

QTEST_MAIN(TestKeptInputs)
#include "test_kept_inputs.moc"
