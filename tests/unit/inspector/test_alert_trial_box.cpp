// Below the settings of an alert node: what its rule would have raised on the tape of the last run.
#include <QLabel>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "tests/unit/session/taped_seconds.h"
#include "widgets/inspector/alert_trial_box.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct BoxFixture {
    const Catalogue catalogue = builtin();
    QTemporaryDir folder{};
    PipelineDocument document{catalogue};
    RunSession session{document};
    NodeId source, alert;
    AlertTrialBox box{document, session};

    BoxFixture() {
        source = document.addNode({"generator", secondsFromNoon()}, {});
        alert = document.addNodeBehind(
            {"alert", Json{{"condition", "n % 100 >= 60"}, {"for", "20s"}, {"message", "high"}}}, {300, 0},
            {source, "out"});
        document.addNodeBehind({"table_view"}, {300, 200}, {source, "out"});
        if (!QTest::qWaitFor([this] { return document.isValidated(); }, 30'000)) qFatal("not validated");
        box.resize(336, 200);
    }
    QStringList words() const {
        QStringList words;
        for (const QLabel* label : box.findChildren<QLabel*>()) {
            if (!label->isHidden()) words << label->text();
        }
        return words;
    }
    bool says(const QString& text) const { return words().contains(text); }
    QWidget* strip() const { return box.findChild<QWidget*>(QStringLiteral("trialStrip")); }
};

}  // namespace

class TestAlertTrialBox : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void isThereForAlertsAlone() {
        BoxFixture f;
        f.box.setNode(f.source);
        QVERIFY(f.box.isHidden());
        f.box.setNode(f.alert);
        QVERIFY(!f.box.isHidden());
        f.box.setWanted(false);
        QVERIFY(f.box.isHidden());
    }

    void saysWhatToDoWithoutATape() {
        BoxFixture f;
        f.box.setNode(f.alert);
        QTRY_VERIFY2(f.words().last().startsWith(QLatin1String("Record a run")),
                     qPrintable(f.words().last()));
        QVERIFY(f.strip()->isHidden());
    }

    /// Raised 20 seconds after n % 100 is 60, twice for 20 seconds; the third time up to the last row.
    void countsAndDrawsWhatWouldHaveBeen() {
        BoxFixture f;
        QVERIFY(!recordedInto(f.folder.path(), f.session).isEmpty());
        f.box.setNode(f.alert);
        QTRY_VERIFY2(f.says(QStringLiteral("3 alerts, 59\u2009s in all")), qPrintable(f.words().join(u'|')));
        QVERIFY(!f.strip()->isHidden());
        f.strip()->resize(300, f.strip()->height());
        const QImage image = f.strip()->grab().toImage();
        const double ratio = image.devicePixelRatio();
        const Tokens& tokens = Theme::of(&f.box).tokens();
        const auto at = [&](int second) {
            return image.pixelColor(static_cast<int>((second + 0.5) * ratio), image.height() / 2).rgb();
        };
        QCOMPARE(at(30), tokens.ok.tint.rgb());
        QCOMPARE(at(70), tokens.warn.line.rgb());
        QCOMPARE(at(90), tokens.error.line.rgb());
        f.document.setParam(f.alert, "for", "50s");
        QTRY_VERIFY2(f.says(QStringLiteral("0 alerts")), qPrintable(f.words().join(u'|')));
        QVERIFY2(f.says(QStringLiteral("2 spared by “for 50\u2009s”")), qPrintable(f.words().join(u'|')));
    }

    void aRuleThatCantBeTriedSaysWhy() {
        BoxFixture f;
        QVERIFY(!recordedInto(f.folder.path(), f.session).isEmpty());
        f.document.setParam(f.alert, "condition", "nothing > 3");
        f.box.setNode(f.alert);
        QTRY_VERIFY2(f.words().join(u'|').contains(QLatin1String("nothing")),
                     qPrintable(f.words().join(u'|')));
        QVERIFY(f.strip()->isHidden());
    }
};

QTEST_MAIN(TestAlertTrialBox)
#include "test_alert_trial_box.moc"
