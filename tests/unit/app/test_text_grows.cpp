// A text size that is chosen while the window is open: texts in corners and on tabs grow with it.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "tests/unit/app/window_fixture.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// Those that have less room than their words need.
QStringList cut(const QWidget& window) {
    QStringList names;
    const QWidget* corner = static_cast<const QMainWindow&>(window).menuBar()->cornerWidget();
    if (corner->width() < corner->sizeHint().width()) names << QStringLiteral("corner of the menu bar");
    for (const QLabel* label : window.findChildren<QLabel*>()) {
        const bool badge = label->property("role").toString() == QLatin1String("badge");
        if (badge && label->isVisible() && label->width() < label->sizeHint().width())
            names << QStringLiteral("badge ") + label->text();
    }
    return names;
}

}  // namespace

class TestTextGrows : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void cornersAndBadgesGrow() {
        WindowFixture fixture;
        fixture.document().startEmpty();
        for (int i = 0; i < 12; ++i) fixture.document().addNode({"filter"}, {});
        QTRY_VERIFY(fixture.document().isValidated() && !fixture.document().issues().empty());
        for (const int percent : {200, 100, 150}) {
            fixture.preferences.setLook({.textZoomPercent = percent});
            QTRY_COMPARE(cut(*fixture.window), QStringList());
        }
        leavePicture(*fixture.window, QStringLiteral("text_grows"));
        fixture.preferences.setLook({});
    }
};

QTEST_MAIN(TestTextGrows)
#include "test_text_grows.moc"
