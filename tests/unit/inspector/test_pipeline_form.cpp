// The settings of the pipeline stand in the inspector while no node is selected: they are edited there in
// steps that can be undone, and what is wrong with them stands under the field.
#include <QLabel>
#include <QLineEdit>
#include <QTranslator>
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/settings_check.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/run_session.h"
#include "widgets/inspector/inspector.h"
#include "widgets/inspector/pipeline_form.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

class FormFixture {
 public:
    FormFixture() {
        form.show();
        form.activateWindow();
    }
    QLineEdit& limit() const { return *form.findChild<QLineEdit*>(QStringLiteral("input_memory_limit")); }
    void type(const QString& text) const {
        limit().setFocus();
        limit().selectAll();
        if (text.isEmpty()) QTest::keyClick(&limit(), Qt::Key_Delete);
        QTest::keyClicks(&limit(), text);
        QTest::keyClick(&limit(), Qt::Key_Return);
    }
    std::string set() const { return document.pipeline().settings.memoryLimit; }
    const HintBox& hint() const { return *form.findChild<HintBox*>(); }

    Catalogue kinds = builtin();
    PipelineDocument document{kinds};
    PipelineForm form{document};
};

}  // namespace

class TestPipelineForm : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void whatIsTypedIsSetAndUndone() {
        FormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form));
        QCOMPARE(fixture.limit().text(), QString());
        QCOMPARE(fixture.limit().placeholderText(), QStringLiteral("none"));
        Settings settings;
        settings.timeZone = "Europe/Berlin";
        fixture.document.setSettings(settings);
        fixture.document.addNode({.type = "filter"}, {0, 0});  // steps before and behind it are no series
        fixture.type(QStringLiteral("2GB"));
        QCOMPARE(fixture.set(), std::string("2GB"));
        QCOMPARE(fixture.document.pipeline().settings.timeZone, std::string("Europe/Berlin"));
        QCOMPARE(fixture.document.undoStack().undoText(), QStringLiteral("Change settings"));
        fixture.document.undoStack().undo();
        QCOMPARE(fixture.set(), std::string());
        QCOMPARE(fixture.limit().text(), QString());
        fixture.document.undoStack().redo();
        QCOMPARE(fixture.limit().text(), QStringLiteral("2GB"));
        fixture.type({});
        QCOMPARE(fixture.set(), std::string());
        QCOMPARE(fixture.document.pipeline().settings.timeZone, std::string("Europe/Berlin"));
    }

    void whatIsWrongStandsUnderTheField() {
        FormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form));
        QVERIFY(fixture.hint().isHidden());
        fixture.type(QStringLiteral("lots"));
        QTRY_VERIFY(!fixture.hint().isHidden());
        QCOMPARE(fixture.limit().property("state").toString(), QStringLiteral("error"));
        QCOMPARE(fixture.document.issuesOf(NodeId()).size(), std::size_t{1});
        fixture.type(QStringLiteral("64 kb"));
        QTRY_VERIFY(fixture.hint().isHidden());
        QCOMPARE(fixture.limit().property("state").toString(), QString());
    }

    void checkpointsAreTakenAsOftenAsItSays() {
        FormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form));
        auto* field = fixture.form.findChild<QLineEdit*>(QStringLiteral("input_checkpoint_every"));
        QVERIFY(field != nullptr);
        QCOMPARE(field->text(), QString());
        QCOMPARE(field->placeholderText(), QStringLiteral("10"));
        const auto type = [field](const QString& text) {
            field->setFocus();
            field->selectAll();
            if (text.isEmpty()) QTest::keyClick(field, Qt::Key_Delete);
            QTest::keyClicks(field, text);
            QTest::keyClick(field, Qt::Key_Return);
        };
        const auto every = [&fixture] { return checkpointEveryOf(fixture.document.pipeline().settings); };
        type(QStringLiteral("3"));
        QCOMPARE(every(), Millis{3'000});
        fixture.document.addNode({.type = "filter"}, {0, 0});  // steps before and behind it are no series
        type(QStringLiteral("500ms"));
        QCOMPARE(every(), Millis{500});
        type(QStringLiteral("0s"));
        QCOMPARE(every(), Millis{0});
        type(QStringLiteral("soon"));
        QTRY_COMPARE(field->property("state").toString(), QStringLiteral("error"));
        type({});
        QCOMPARE(every(), kCheckpointEvery);
        QVERIFY(!fixture.document.pipeline().settings.unknown.contains("checkpoint_every"));
        fixture.document.undoStack().undo();
        fixture.document.undoStack().undo();
        QCOMPARE(every(), Millis{3'000});
        QTRY_COMPARE(field->property("state").toString(), QString());
    }

    void whatIsTypedGoesWithItsDocument() {
        FormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form));
        fixture.limit().setFocus();
        QTest::keyClicks(&fixture.limit(), QStringLiteral("2GB"));
        fixture.document.startEmpty();
        QCoreApplication::processEvents();
        QCOMPARE(fixture.set(), std::string());
        QCOMPARE(fixture.limit().text(), QString());
        QVERIFY(!fixture.document.undoStack().canUndo());
    }

    void itSpeaksTheNewLanguage() {
        struct Shouting : QTranslator {
            bool isEmpty() const override { return false; }
            QString translate(const char*, const char* text, const char*, int) const override {
                return QString::fromUtf8(text).toUpper();
            }
        } shouting;
        FormFixture fixture;
        QCOMPARE(fixture.limit().accessibleName(), QStringLiteral("Memory limit"));
        qApp->installTranslator(&shouting);
        QTRY_COMPARE(fixture.limit().accessibleName(), QStringLiteral("MEMORY LIMIT"));
        QCOMPARE(fixture.limit().placeholderText(), QStringLiteral("NONE"));
        qApp->removeTranslator(&shouting);
        QTRY_COMPARE(fixture.limit().placeholderText(), QStringLiteral("none"));
    }

    void itFitsTheNarrowestInspector() {
        constexpr int kNarrowest = 288;
        for (const int zoom : {100, 150, 200}) {
            Theme::of().apply({.mode = ThemeMode::Dark, .textZoomPercent = zoom});
            FormFixture fixture;
            fixture.form.resize(Theme::of().scaled(kNarrowest), 400);
            QCoreApplication::processEvents();
            const int needed = fixture.form.minimumSizeHint().width();
            QVERIFY2(needed <= Theme::of().scaled(kNarrowest), qPrintable(QString::number(needed)));
        }
        Theme::of().apply({.mode = ThemeMode::Dark});
    }

    void theInspectorShowsItWhileNoNodeIsSelected() {
        const Catalogue kinds = builtin();
        PipelineDocument document(kinds);
        RunSession session(document);
        Inspector inspector(document, session);
        inspector.show();
        const auto* form = inspector.findChild<PipelineForm*>();
        QVERIFY(form->isVisible());
        const NodeId first = document.addNode({.type = "filter"}, {0, 0});
        QVERIFY(!form->isVisible());
        const NodeId second = document.addNode({.type = "union"}, {300, 0});
        document.selection().set({first, second});
        QVERIFY(!form->isVisible());
        document.selection().clear();
        QVERIFY(form->isVisible());
    }
};

QTEST_MAIN(TestPipelineForm)
#include "test_pipeline_form.moc"
