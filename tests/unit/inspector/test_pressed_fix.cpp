// A run gives other advice each second: a fix that is held down does the action that it had when pressed.
#include <QPushButton>
#include <QtTest>
#include <algorithm>

#include "core/nodes/catalogue.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/inspector/param_form.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestPressedFix : public QObject {
    Q_OBJECT
    Catalogue m_catalogue = builtin();

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void aPressedFixDoesWhatItSaid() {
        PipelineDocument document(m_catalogue);
        const NodeId window = document.addNode({"window_aggregate"}, {});
        ParamForm form(document);
        form.resize(336, 600);
        form.setNode(window);
        form.show();
        const auto advise = [&](const char* value) {
            Issue issue;
            issue.severity = Severity::Warning;
            issue.node = window;
            issue.param = "allowed_lateness";
            issue.message = RW_TEXT("test", "Rows come later than %1.").with(value);
            issue.quickFixes = {{.kind = QuickFix::Kind::SetParam,
                                 .label = RW_TEXT("test", "Set to %1").with(value),
                                 .node = window,
                                 .param = "allowed_lateness",
                                 .value = value}};
            form.setAdvice({issue});
        };
        const auto link = [&](const QString& words) -> QPushButton* {
            const auto all = form.findChildren<QPushButton*>();
            const auto found = std::find_if(all.begin(), all.end(), [&](const QPushButton* each) {
                return each->isVisible() && each->text() == words;
            });
            return found == all.end() ? nullptr : *found;
        };
        advise("7s");
        QTRY_VERIFY(link(QStringLiteral("Set to 7s")));
        const QPointer<QPushButton> pressed = link(QStringLiteral("Set to 7s"));
        QTest::mousePress(pressed, Qt::LeftButton);
        advise("8s");  // the run has seen later ones meanwhile
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(pressed);
        QCOMPARE(pressed->text(), QStringLiteral("Set to 7s"));
        QTest::mouseRelease(pressed, Qt::LeftButton);
        QCOMPARE(document.node(window)->params["allowed_lateness"], Json("7s"));
        QTRY_VERIFY(link(QStringLiteral("Set to 8s")));
    }
};

QTEST_MAIN(TestPressedFix)
#include "test_pressed_fix.moc"
