// Below the settings of a node that learns: what it has learnt from, and the button that resets it, which
// asks first and says why it is off.
#include <QAbstractButton>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "tests/support/made_remote_run.h"
#include "widgets/inspector/model_box.h"
#include "widgets/session/model_reset.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// Presses the button of that name in the question that comes up while it lives.
class Answer {
 public:
    explicit Answer(const QString& button) : m_button(button) {
        QObject::connect(&m_timer, &QTimer::timeout, [this] { answer(); });
        m_timer.start(10);
    }
    QStringList said{};

 private:
    void answer() {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (box == nullptr) return;
        said << box->text();
        for (QAbstractButton* button : box->buttons()) {
            if (button->text() == m_button) return button->click();
        }
        box->reject();
    }
    const QString m_button;
    QTimer m_timer;
};

/// `regress` on endless rows of three keys.
struct Shown {
    Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    RunSession session{document};
    ModelBox box{document, session};
    NodeId source, model;
    QStringList notes;

    explicit Shown(const Json& more = Json::object()) {
        source =
            document.addNode({"generator", Json::parse(R"json({"rate": 2000, "event_time": "ts", "columns": [
                "k STRING = CAST(i % 3 AS STRING)", "x DOUBLE = 0.0", "y DOUBLE = 1.0",
                "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"]})json")},
                             {});
        Json params = {{"target", "y"}, {"features", {"x"}}, {"keys", {"k"}}, {"scale", "none"}};
        params.update(more);
        model = document.addNode({"regress", params}, {400, 0});
        const NodeId sink = document.addNode({"table_view"}, {800, 0});
        document.connectPorts({source, "out"}, {model, "in"});
        document.connectPorts({model, "out"}, {sink, "in"});
        QObject::connect(&session, &RunSession::noted, &box, [this](const RunNote& note) {
            if (note.node == model) notes << QString::fromStdString(english(note.text));
        });
        box.setNode(model);
        box.show();
    }
    ~Shown() { session.stop(StopMode::Discard); }

    QPushButton& button() const { return *box.findChild<QPushButton*>(QStringLiteral("resetModel")); }
    QString words() const {
        QStringList all;
        for (const QLabel* label : box.findChildren<QLabel*>()) {
            if (!label->isHidden()) all << label->text();
        }
        return all.join(u'\n');
    }
    std::uint64_t learnt() const {
        const LiveNode* const live = session.snapshot().node(model);
        return live != nullptr ? live->metrics.quality.learnt : 0;
    }
};

}  // namespace

class TestModelBox : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void isThereForNodesThatLearn() {
        Shown shown;
        QVERIFY(!shown.box.isHidden());
        shown.box.setNode(shown.source);
        QVERIFY(shown.box.isHidden());
        shown.box.setNode(shown.model);
        shown.box.setWanted(false);
        QVERIFY(shown.box.isHidden());
    }

    void whileNothingRunsItIsOffAndSaysWhy() {
        Shown shown;
        QVERIFY(!shown.button().isEnabled());
        QVERIFY(shown.words().contains(QStringLiteral("The pipeline does not run")));
        QCOMPARE(shown.button().toolTip(), QStringLiteral("The pipeline does not run"));
    }

    void onAClusterItIsOff() {
        Shown shown;
        MadeRemoteRun remote;
        remote.deployed = shown.document.pipeline();
        remote.now = RunSession::State::Running;
        remote.started = remote.seen = QDateTime::currentDateTime();
        shown.session.show(&remote);
        shown.box.setNode(shown.model);
        QVERIFY(!shown.button().isEnabled());
        QVERIFY(shown.words().contains(QStringLiteral("A run on a cluster takes no requests")));
        shown.session.show(nullptr);
    }

    void asksAndResets() {
        Shown shown;
        shown.session.start();
        QTRY_VERIFY_WITH_TIMEOUT(shown.button().isEnabled() && shown.learnt() > 1'000, 30'000);
        QTRY_VERIFY(shown.words().contains(QStringLiteral("It has learnt from ")));
        QTRY_VERIFY(shown.words().contains(QStringLiteral("Mean absolute error ")));
        {
            Answer keeps(QStringLiteral("Keep it"));
            shown.button().click();
            QCOMPARE(keeps.said.size(), 1);
            QVERIFY2(keeps.said.front().startsWith(QStringLiteral("The models of 3 keys forget what they "
                                                                  "learnt from ")),
                     qPrintable(keeps.said.front()));
        }
        QVERIFY(shown.notes.isEmpty());
        Answer resets(QStringLiteral("Reset model"));
        shown.button().click();
        QCOMPARE(resets.said.size(), 1);
        QTRY_VERIFY(shown.notes.join(u' ').contains(QStringLiteral("A reset of the model was asked for")));
        QTRY_VERIFY_WITH_TIMEOUT(shown.notes.join(u' ').contains(QStringLiteral("Reset as asked")), 30'000);
    }

    void saysHowFarTheWarmUpIs() {
        Shown shown(Json{{"keys", Json::array()}, {"warm_up", 1'000'000}});
        shown.session.start();
        QTRY_VERIFY_WITH_TIMEOUT(shown.learnt() > 100, 30'000);
        QTRY_VERIFY2(shown.words().contains(QStringLiteral("Learning, ")), qPrintable(shown.words()));
        QVERIFY2(!shown.words().contains(QStringLiteral("It has learnt from")), qPrintable(shown.words()));
        QVERIFY2(!shown.words().contains(QStringLiteral("Mean absolute error")), qPrintable(shown.words()));
    }

    void withKeysItCountsThoseThatHaveHadIt() {
        Shown shown(Json{{"keys", {"k"}}, {"warm_up", 1'000'000}});
        shown.session.start();
        QTRY_VERIFY_WITH_TIMEOUT(shown.words().contains(QStringLiteral("Learning: 0 of 3 keys have had their "
                                                                       "warm-up of ")),
                                 30'000);
        QVERIFY2(shown.words().contains(QStringLiteral("It has learnt from")), qPrintable(shown.words()));
    }

    // Nobody is asked about a run that is over by then.
    void theQuestionGoesWithTheRun() {
        Shown shown;
        shown.session.start();
        QTRY_VERIFY_WITH_TIMEOUT(shown.button().isEnabled(), 30'000);
        QTimer::singleShot(100, &shown.box, [&shown] { shown.session.stop(StopMode::Discard); });
        askToReset(shown.document, shown.session, shown.model, &shown.box);
        QVERIFY(!shown.notes.join(u' ').contains(QStringLiteral("A reset of the model was asked for")));
        QTRY_VERIFY(!shown.button().isEnabled());
    }
};

QTEST_MAIN(TestModelBox)
#include "test_model_box.moc"
