// The help: every page is there, every link leads somewhere, and the window finds its way.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>
#include <array>
#include <map>
#include <set>

#include "core/nodes/catalogue.h"
#include "widgets/help/help_browser.h"
#include "widgets/help/help_pages.h"
#include "widgets/help/help_window.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestHelpWindow : public QObject {
    Q_OBJECT

    const Catalogue m_catalogue = builtin();

    static QStringList listed(const HelpWindow& window) {
        QStringList titles;
        const auto* contents = window.findChild<QTreeWidget*>();
        for (int i = 0; i < contents->topLevelItemCount(); ++i) {
            const QTreeWidgetItem* group = contents->topLevelItem(i);
            for (int j = 0; j < group->childCount(); ++j) titles << group->child(j)->text(0);
        }
        return titles;
    }

    static QString file(const QString& language, const QString& page) {
        QFile in(QStringLiteral(":/help/%1/%2.md").arg(language, page));
        return in.open(QIODevice::ReadOnly) ? QString::fromUtf8(in.readAll()) : QString();
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void everyNodeTypeHasAPage();
    void everyPageIsInBothLanguages();
    void everyNodePageHasAnExampleAndItsPorts();
    void linksLeadToPages();
    void pagesAreTitled();
    void followsLinksAndGoesBack();
    void showsThePageOfANode();
    void saysThatAPageIsMissing();
    void searchListsThePagesWithTheWords();
    void keysLeadFromTheSearchToThePagesFound();
    void wordsFoundAreMarked();
    void aTableIsNoReasonToScrollSideways();
    void saysThatASearchFindsNothing();
    void keepsItsPageWhenTheThemeChanges();
    void tablesAndCodeAreInTheThemesColours();
};

void TestHelpWindow::everyNodeTypeHasAPage() {
    for (const NodeKind& kind : m_catalogue.kinds())
        QVERIFY2(!helpText(helpPageOf(QString::fromStdString(kind.type)), m_catalogue).isEmpty(),
                 kind.type.c_str());
}

void TestHelpWindow::everyPageIsInBothLanguages() {
    for (const HelpPage& page : helpPages(m_catalogue)) {
        QVERIFY2(!file(QStringLiteral("en"), page.name).isEmpty(), qPrintable(page.name));
        QVERIFY2(!file(QStringLiteral("zh_CN"), page.name).isEmpty(), qPrintable(page.name));
    }
}

void TestHelpWindow::everyNodePageHasAnExampleAndItsPorts() {
    const std::map<QString, std::array<QString, 2>> titles{
        {QStringLiteral("en"), {QStringLiteral("## Example"), QStringLiteral("## Ports")}},
        {QStringLiteral("zh_CN"), {QStringLiteral("## 示例"), QStringLiteral("## 端口")}}};
    for (const NodeKind& kind : m_catalogue.kinds()) {
        for (const auto& [language, sections] : titles) {
            const QString page = file(language, helpPageOf(QString::fromStdString(kind.type)));
            const QStringList lines = page.split(QLatin1Char('\n'));
            const QString where = QStringLiteral("resources/help/%1/nodes/%2.md: ")
                                      .arg(language, QString::fromStdString(kind.type));
            for (const QString& section : sections)
                QVERIFY2(lines.contains(section), qPrintable(where + section));
            const QString ports =
                page.section(sections[1] + QLatin1Char('\n'), 1).section(QStringLiteral("\n## "), 0, 0);
            for (const auto* side : {&kind.inputs, &kind.outputs}) {
                for (const PortSpec& port : *side) {
                    const QString name = QStringLiteral("`%1`").arg(QString::fromStdString(port.name));
                    QVERIFY2(ports.contains(name), qPrintable(where + name));
                }
            }
        }
    }
}

void TestHelpWindow::linksLeadToPages() {
    static const QRegularExpression link(QStringLiteral("\\]\\(([^)#:]+)\\.md(#[^)]*)?\\)"));
    int found = 0;
    for (const HelpPage& page : helpPages(m_catalogue)) {
        for (const char* language : {"en", "zh_CN"}) {
            const QString text = file(QLatin1String(language), page.name);
            for (auto links = link.globalMatch(text); links.hasNext(); ++found) {
                const QUrl target =
                    QUrl(QStringLiteral("help:/") + page.name).resolved(QUrl(links.next().captured(1)));
                QVERIFY2(!file(QLatin1String(language), target.path().mid(1)).isEmpty(),
                         qPrintable(page.name + QStringLiteral(" → ") + target.path()));
            }
        }
    }
    QVERIFY(found > 4);
}

void TestHelpWindow::pagesAreTitled() {
    const std::vector<HelpPage> pages = helpPages(m_catalogue);
    QCOMPARE(pages.front().name, QStringLiteral("first_steps"));
    std::set<QString> titles;
    for (const HelpPage& page : pages) {
        QVERIFY2(page.title != page.name && !page.title.isEmpty(), qPrintable(page.name));
        QVERIFY2(titles.insert(page.title).second, qPrintable(page.title));
    }
}

void TestHelpWindow::followsLinksAndGoesBack() {
    HelpWindow window(m_catalogue);
    window.showPage(QStringLiteral("nodes/window_aggregate"));
    auto* browser = window.findChild<HelpBrowser*>();
    const QList<IconButton*> buttons = window.findChildren<IconButton*>();
    QVERIFY(browser->toPlainText().contains(QLatin1String("Cuts the stream into windows")));
    browser->setSource(QUrl(QStringLiteral("../event_time.md")));  // as a click on the link
    QCOMPARE(window.page(), QStringLiteral("event_time"));
    QVERIFY(browser->toPlainText().contains(QLatin1String("two times")));
    QVERIFY(browser->isBackwardAvailable());
    browser->backward();
    QCOMPARE(window.page(), QStringLiteral("nodes/window_aggregate"));
    browser->forward();
    QCOMPARE(window.page(), QStringLiteral("event_time"));
}

void TestHelpWindow::showsThePageOfANode() {
    HelpWindow window(m_catalogue);
    window.showNode(QStringLiteral("filter"));
    QCOMPARE(window.page(), QStringLiteral("nodes/filter"));
    const auto* contents = window.findChild<QTreeWidget*>();
    QVERIFY(contents->currentItem() != nullptr);
    QCOMPARE(contents->currentItem()->text(0), QStringLiteral("Filter"));
    window.findChild<QTreeWidget*>()->setCurrentItem(contents->topLevelItem(0)->child(0));
    QCOMPARE(window.page(), QStringLiteral("first_steps"));
}

void TestHelpWindow::saysThatAPageIsMissing() {
    HelpWindow window(m_catalogue);
    window.showNode(QStringLiteral("teleport"));
    QVERIFY(window.findChild<HelpBrowser*>()->toPlainText().contains(QStringLiteral("“nodes/teleport”")));
}

void TestHelpWindow::searchListsThePagesWithTheWords() {
    HelpWindow window(m_catalogue);
    auto* search = window.findChild<SearchField*>();
    const QStringList all = listed(window);
    QCOMPARE(all.size(), static_cast<qsizetype>(helpPages(m_catalogue).size()));
    search->setText(QStringLiteral("cumulate"));  // stands in a text, in no title
    QVERIFY(!listed(window).isEmpty() && listed(window).size() < all.size());
    search->setText(QStringLiteral("file csv"));
    QVERIFY2(listed(window).front().startsWith(QStringLiteral("CSV file")),
             qPrintable(listed(window).join(QLatin1Char('|'))));
    search->clear();
    QCOMPARE(listed(window), all);
}

void TestHelpWindow::keysLeadFromTheSearchToThePagesFound() {
    HelpWindow window(m_catalogue);
    window.showPage(QStringLiteral("event_time"));
    QVERIFY(QTest::qWaitForWindowActive(&window, 30'000));
    auto* search = window.findChild<SearchField*>();
    auto* contents = window.findChild<QTreeWidget*>();
    auto* browser = window.findChild<HelpBrowser*>();
    search->setFocus();
    search->setText(QStringLiteral("file csv"));
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(helpTitle(window.page()), listed(window).front());
    QVERIFY(browser->hasFocus());
    search->setFocus();
    search->setText(QStringLiteral("watermark"));
    QTest::keyClick(search, Qt::Key_Down);
    QVERIFY(contents->hasFocus());
    const QString before = window.page();
    const bool last = contents->currentItem()->text(0) == listed(window).back();
    QTest::keyClick(contents, last ? Qt::Key_Up : Qt::Key_Down);
    const QString chosen = window.page();
    QVERIFY(chosen != before);
    QTest::keyClick(contents, Qt::Key_Escape);
    QVERIFY(search->hasFocus() && window.isVisible());
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(window.page(), chosen);
    QVERIFY(browser->hasFocus());
    search->setFocus();
    QTest::keyClick(search, Qt::Key_Escape);
    QVERIFY(search->text().isEmpty() && window.isVisible());
}

void TestHelpWindow::wordsFoundAreMarked() {
    HelpWindow window(m_catalogue);
    window.showPage(QStringLiteral("sql"));
    QVERIFY(QTest::qWaitForWindowActive(&window, 30'000));
    auto* search = window.findChild<SearchField*>();
    auto* browser = window.findChild<HelpBrowser*>();
    QVERIFY(browser->extraSelections().isEmpty());
    search->setText(QStringLiteral("cumulate"));
    search->setFocus();
    QTest::keyClick(search, Qt::Key_Return);
    const QList<QTextEdit::ExtraSelection> marks = browser->extraSelections();
    QVERIFY(!marks.isEmpty());
    for (const QTextEdit::ExtraSelection& mark : marks)
        QCOMPARE(mark.cursor.selectedText().toLower(), QStringLiteral("cumulate"));
    const QRect place = browser->cursorRect(marks.front().cursor);  // it begins there
    QVERIFY(browser->viewport()->rect().intersects(place));
    search->clear();
    QVERIFY(browser->extraSelections().isEmpty());
}

void TestHelpWindow::aTableIsNoReasonToScrollSideways() {
    HelpBrowser browser(m_catalogue);
    browser.resize(760, 600);
    browser.show();
    QVERIFY(QTest::qWaitForWindowExposed(&browser, 30'000));
    browser.showPage(QStringLiteral("event_time"));
    QTRY_VERIFY(!browser.horizontalScrollBar()->isVisible());
    QVERIFY(browser.verticalScrollBar()->isVisible());
}

void TestHelpWindow::saysThatASearchFindsNothing() {
    HelpWindow window(m_catalogue);
    auto* search = window.findChild<SearchField*>();
    auto* contents = window.findChild<QTreeWidget*>();
    auto* nothing = window.findChild<EmptyState*>();
    const QStringList all = listed(window);
    window.showPage(QStringLiteral("event_time"));
    QVERIFY(nothing->isHidden());
    search->setText(QStringLiteral("wtermark"));
    QVERIFY(listed(window).isEmpty() && contents->isHidden() && !nothing->isHidden());
    QVERIFY(nothing->accessibleDescription().contains(QStringLiteral("No page has “wtermark”.")));
    search->setText(QStringLiteral("watermark xylophone"));
    QVERIFY(nothing->accessibleDescription().contains(QStringLiteral("Fewer words")));
    QCOMPARE(window.page(), QStringLiteral("event_time"));
    nothing->findChild<QPushButton*>()->click();
    QVERIFY(search->text().isEmpty() && nothing->isHidden() && !contents->isHidden());
    QCOMPARE(listed(window), all);
    QCOMPARE(contents->currentItem()->text(0), helpTitle(QStringLiteral("event_time")));
}

void TestHelpWindow::keepsItsPageWhenTheThemeChanges() {
    HelpWindow window(m_catalogue);
    window.showPage(QStringLiteral("sql"));
    window.showPage(QStringLiteral("event_time"));
    auto* browser = window.findChild<HelpBrowser*>();
    Theme::of().apply({.mode = ThemeMode::Light});
    QCOMPARE(window.page(), QStringLiteral("event_time"));
    browser->backward();
    QCOMPARE(window.page(), QStringLiteral("sql"));
    Theme::of().apply({.mode = ThemeMode::Dark});
}

void TestHelpWindow::tablesAndCodeAreInTheThemesColours() {
    HelpBrowser browser(m_catalogue);
    browser.showPage(QStringLiteral("nodes/window_aggregate"));
    const Tokens& tokens = Theme::of().tokens();
    int tables = 0;
    for (QTextFrame* frame : browser.document()->rootFrame()->childFrames()) {
        const auto* table = qobject_cast<QTextTable*>(frame);
        if (table == nullptr) continue;
        ++tables;
        QCOMPARE(table->format().borderBrush().color(), tokens.line);
        QCOMPARE(table->cellAt(0, 0).format().background().color(), tokens.panel2);
    }
    QVERIFY(tables > 0);
    const QTextCursor code = browser.document()->find(QStringLiteral("slide"));
    QCOMPARE(code.charFormat().background().color(), tokens.panel2);
}

QTEST_MAIN(TestHelpWindow)
#include "test_help_window.moc"
