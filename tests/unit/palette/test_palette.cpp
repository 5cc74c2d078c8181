// The palette on a real screen: search, keyboard, drag.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/palette/palette.h"
#include "widgets/palette/palette_group.h"
#include "widgets/theme/heads.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestPalette : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_palette.reset(); }
    void listsEveryEntry();
    void searchesByLetters();
    void whatIsFoundStandsTogether();
    void enterAddsTheBest();
    void arrowsLeadThroughTheGroups();
    void foldedGroupsOpenForWhatIsFound();
    void doubleClickAdds();
    void entriesTravelInDrags();
    void escapeLeaves();
    void iconsGrowWithTheText();

 private:
    QLineEdit* search() { return m_palette->findChild<QLineEdit*>(); }
    QStringList shown();
    const Catalogue m_catalogue = builtin();
    std::unique_ptr<Palette> m_palette;
    std::unique_ptr<QSignalSpy> m_added;
};

void TestPalette::initTestCase() {
    new Theme(*qApp, {.mode = ThemeMode::Dark});
}

void TestPalette::init() {
    m_palette = std::make_unique<Palette>(m_catalogue);
    m_added = std::make_unique<QSignalSpy>(m_palette.get(), &Palette::addRequested);
    m_palette->resize(Palette::kWidth, 900);
    m_palette->show();
    m_palette->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_palette.get(), 30'000));
}

QStringList TestPalette::shown() {
    QStringList names;
    for (const EntryList* list : m_palette->findChildren<EntryList*>()) {
        for (int row = 0; list->isVisible() && row < list->model()->rowCount(); ++row) {
            names << list->model()->index(row, 0).data().toString();
        }
    }
    return names;
}

void TestPalette::listsEveryEntry() {
    QStringList all;
    for (const TemplateEntry& entry : templateEntries(m_catalogue)) all << entry.name;
    QStringList listed = shown();
    all.sort();
    listed.sort();
    QCOMPARE(listed, all);
    const QString folder = qEnvironmentVariable("RILLWRIGHT_SCREENSHOTS");
    if (!folder.isEmpty()) m_palette->grab().save(folder + QStringLiteral("/palette.png"));
    for (const TemplateEntry& entry : templateEntries(m_catalogue))
        QVERIFY2(Theme::hasIcon(entry.icon), qPrintable(entry.icon));
}

void TestPalette::searchesByLetters() {
    m_palette->focusSearch();
    QTest::keyClicks(search(), QStringLiteral("hist"));
    QCOMPARE(shown(), QStringList{QStringLiteral("Histogram")});
    search()->clear();
    QTest::keyClicks(search(), QStringLiteral("zzzz"));
    QVERIFY(shown().isEmpty());
}

void TestPalette::whatIsFoundStandsTogether() {
    search()->setText(QStringLiteral("wi"));
    int bottom = 0, groups = 0;
    for (const PaletteGroup* group : m_palette->findChildren<PaletteGroup*>()) {
        if (!group->isVisible()) continue;
        QTRY_COMPARE(group->height(), group->sizeHint().height());
        QCOMPARE(group->y(), bottom);
        bottom = group->geometry().bottom() + 1;
        ++groups;
    }
    QVERIFY(groups > 1);
}

void TestPalette::enterAddsTheBest() {
    m_palette->focusSearch();
    QVERIFY(search()->hasFocus());
    QTest::keyClick(search(), Qt::Key_Return);
    QCOMPARE(m_added->count(), 0);  // nothing was looked for
    QTest::keyClicks(search(), QStringLiteral("filter"));
    QTest::keyClick(search(), Qt::Key_Return);
    QCOMPARE(m_added->count(), 1);
    QCOMPARE(m_added->first().first().value<NodeTemplate>().type, std::string("filter"));
}

void TestPalette::arrowsLeadThroughTheGroups() {
    m_palette->focusSearch();
    const auto lists = m_palette->findChildren<EntryList*>();
    QTest::keyClick(search(), Qt::Key_Down);
    QVERIFY(lists.at(0)->hasFocus());
    for (int i = 0; i < lists.at(0)->model()->rowCount(); ++i)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    QVERIFY(lists.at(1)->hasFocus());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(m_added->count(), 1);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
    QVERIFY(lists.at(0)->hasFocus());
}

void TestPalette::foldedGroupsOpenForWhatIsFound() {
    auto* list = m_palette->findChildren<EntryList*>().first();
    auto* head = list->parentWidget()->findChild<SectionHead*>();
    QTest::mouseClick(head, Qt::LeftButton);
    QVERIFY(!list->isVisible());
    search()->setText(list->model()->index(0, 0).data().toString());
    QVERIFY(list->isVisible() && head->isOpen());
    search()->clear();
    QVERIFY(!list->isVisible() && !head->isOpen());
}

void TestPalette::doubleClickAdds() {
    const auto* list = m_palette->findChildren<EntryList*>().first();
    const QPoint at = list->visualRect(list->model()->index(0, 0)).center();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::NoModifier, at);
    QTest::mouseDClick(list->viewport(), Qt::LeftButton, Qt::NoModifier, at);
    QCOMPARE(m_added->count(), 1);
}

void TestPalette::entriesTravelInDrags() {
    const auto* list = m_palette->findChildren<EntryList*>().first();
    const std::unique_ptr<QMimeData> data(list->model()->mimeData({list->model()->index(1, 0)}));
    const std::optional<NodeTemplate> node = nodeTemplate(*data);
    QVERIFY(node);
    const auto* model = qobject_cast<const TemplateModel*>(list->model());
    QCOMPARE(node->type, model->entry(model->index(1))->node.type);
    QVERIFY(node->params == model->entry(model->index(1))->node.params);
    QMimeData foreign;
    foreign.setText(QStringLiteral("words"));
    QVERIFY(!nodeTemplate(foreign));
    foreign.setData(QLatin1String(kTemplateMimeType), "{\"type\": 7}");
    QVERIFY(!nodeTemplate(foreign));
}

void TestPalette::escapeLeaves() {
    QSignalSpy left(m_palette.get(), &Palette::left);
    m_palette->focusSearch();
    QTest::keyClicks(search(), QStringLiteral("a"));
    QTest::keyClick(search(), Qt::Key_Escape);
    QCOMPARE(left.count(), 0);  // first it clears the field
    QTest::keyClick(search(), Qt::Key_Escape);
    QCOMPARE(left.count(), 1);
}

/// In pixels, by the colour in which it is drawn, and nothing else there; edges are blended with the ground.
void TestPalette::iconsGrowWithTheText() {
    const auto height = [this](int percent) {
        Theme::of().apply({.mode = ThemeMode::Dark, .textZoomPercent = percent});
        const auto* list = m_palette->findChildren<EntryList*>().first();
        const QImage row = list->viewport()->grab(list->visualRect(list->model()->index(0, 0))).toImage();
        const QColor color = kindColors(Theme::of().tokens(), m_catalogue.kinds().front().group).text;
        int first = row.height(), last = 0;
        for (int y = 0; y < row.height(); ++y) {
            for (int x = 0; x < row.width(); ++x) {
                const QColor there = row.pixelColor(x, y);
                const int apart = std::abs(there.red() - color.red()) +
                                  std::abs(there.green() - color.green()) +
                                  std::abs(there.blue() - color.blue());
                if (apart > 90) continue;
                first = std::min(first, y);
                last = y;
            }
        }
        return last - first;
    };
    const int small = height(100), large = height(200);
    Theme::of().apply({.mode = ThemeMode::Dark});
    QVERIFY2(small > 4 && large > small * 3 / 2, qPrintable(QStringLiteral("%1, %2").arg(small).arg(large)));
}

QTEST_MAIN(TestPalette)
#include "test_palette.moc"
