// A pane is a class, and a line in app/panes.cpp or one of a feature that makes it: a pane that is forgotten
// there would not be shown.
#include <QtTest/QtTest>

#include "tests/house/checkout.h"

using namespace rw::house;

namespace {

QStringList captures(const std::vector<SourceFile>& files, const QString& pattern) {
    QStringList found;
    const QRegularExpression expression(pattern);
    for (const SourceFile& file : files)
        for (const QString& line : file.lines)
            if (const auto match = expression.match(line); match.hasMatch()) found << match.captured(1);
    return found;
}

}  // namespace

class TestPanes : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void everyPaneIsListed() {
        const QStringList written =
            captures(filesBelow({QStringLiteral("app"), QStringLiteral("widgets")}, {QStringLiteral(".h")}),
                     QStringLiteral("^class (\\w+)(?: final)? : public Pane(?:, public \\w+)? \\{"));
        QStringList listed =
            captures(filesBelow({QStringLiteral("app")}, {QStringLiteral("panes.cpp")}),
                     QStringLiteral("^ *make<(\\w+)>,")) +
            captures(filesBelow({QStringLiteral("widgets")}, {QStringLiteral("_feature.cpp")}),
                     QStringLiteral("\\bnew (\\w+(?:Panel|Page))\\("));
        for (const QString& page :
             captures(filesBelow({QStringLiteral("widgets")}, {QStringLiteral(".h")}),
                      QStringLiteral("^class (\\w+)(?: final)? : public PreferencesPage \\{")))
            listed.removeAll(page);
        QVERIFY(!written.isEmpty());
        const QString wrong = difference(
            written, QStringLiteral("a class"), listed, QStringLiteral("in app/panes.cpp or a feature"),
            QStringLiteral("Give it a line in kPages or kPanels there, or make it in its feature."));
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    // The window knows them only as Pane.
    void theWindowKnowsNoneByName() {
        static const QRegularExpression room(
            QStringLiteral("\"widgets/(panels|dashboard|results|welcome|alerts|checkpoints|clusters|log)/"));
        for (const SourceFile& file :
             filesBelow({QStringLiteral("app")},
                        {QStringLiteral("main_window.h"), QStringLiteral("main_window.cpp"),
                         QStringLiteral("pages.cpp"), QStringLiteral("bottom_panel.cpp"),
                         QStringLiteral("menus.cpp"), QStringLiteral("window_layout.cpp")})) {
            for (qsizetype i = 0; i < file.lines.size(); ++i)
                QVERIFY2(!room.match(file.lines[i]).hasMatch(),
                         qPrintable(at(file.path, i + 1, file.lines[i])));
        }
    }
};

QTEST_APPLESS_MAIN(TestPanes)
#include "test_panes.moc"
