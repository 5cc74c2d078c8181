// The window of the program with its tabs, and pipelines to open in them.
#pragma once
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>
#include <memory>

#include "app/documents/document_window.h"
#include "app/documents/tab_bar.h"
#include "core/pipeline/json/json.h"
#include "tests/unit/app/dialog_answers.h"
#include "tests/unit/app/window_fixture.h"
#include "widgets/files/file_actions.h"

namespace rw::ui {

inline PipelineDocument& documentOf(const MainWindow& tab) {
    return tab.findChild<CanvasWidget*>()->view().canvas().document();
}

inline RunSession& sessionOf(const MainWindow& tab) {
    return tab.findChild<CanvasWidget*>()->view().canvas().session();
}

struct TabsFixture {
    /// The program's window and what it is made of.
    struct Program {
        Catalogue catalogue = builtin();
        QSettings store{};
        Language language{};
        Preferences preferences{store, Theme::of(), language};
        DocumentWindow window{catalogue, preferences};
    };

    QTemporaryDir folder{};
    std::unique_ptr<Program> program{};

    DocumentWindow& window() const { return program->window; }
    TabBar& bar() const { return *window().findChild<TabBar*>(); }
    MainWindow& tab(int index) const { return window().tab(index); }
    PipelineDocument& document(int index) const { return documentOf(tab(index)); }
    RunSession& session(int index) const { return sessionOf(tab(index)); }
    QString path(const QString& name) const { return folder.filePath(name); }

    /// A pipeline file with a generator of a million rows, and what is behind it.
    QString write(const QString& name, const NodeTemplate& sink) const {
        PipelineDocument made(program->catalogue);
        const NodeId source = made.addNode(
            {"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", 1'000'000}, {"rate", 2000}}}, {});
        const NodeId out = made.addNode(sink, {300, 0});
        made.connectPorts({source, "out"}, {out, "in"});
        return made.saveAs(path(name)).ok() ? path(name) : QString();
    }
    QString write(const QString& name) const { return write(name, {"histogram", Json{{"value", "n"}}}); }
    void open(const QString& file) const { window().front().files().open(file); }
    /// Two files in two tabs; the second is in front.
    void openTwo() const {
        open(write(QStringLiteral("one.rill")));
        open(write(QStringLiteral("two.rill")));
        QCOMPARE(window().count(), 2);
        QCOMPARE(window().frontTab(), 1);
    }
    void run(int index) const {
        session(index).start();
        QTRY_COMPARE(session(index).state(), RunSession::State::Running);
    }
    void edit(int index) const { document(index).addNode({"filter", {}}, {600, 300}); }
    void restart() {
        program.reset();
        program = std::make_unique<Program>();
        window().show();
        QVERIFY(QTest::qWaitForWindowActive(&window(), 30'000));
    }

    QByteArray bytesOf(const QString& name) const {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static QStringList copies() { return QDir(autosaveFolder()).entryList({QStringLiteral("*.autosave")}); }
};

}  // namespace rw::ui
