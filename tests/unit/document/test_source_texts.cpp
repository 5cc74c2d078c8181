// What is shown in Chinese is known by its English name.
#include <QtTest/QtTest>

#include "core/base/text.h"
#include "widgets/document/source_texts.h"
#include "widgets/document/translated.h"

using namespace rw;
using namespace rw::ui;

class TestSourceTexts : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void whatWasTranslatedIsKnownByItsSource() {
        RememberingTranslator chinese;
        QVERIFY(chinese.load(QStringLiteral(":/i18n/rillwright_zh_CN.qm")));
        QVERIFY(QCoreApplication::installTranslator(&chinese));
        const QString file = QCoreApplication::translate("rw::ui::ActionRegistry", "&File");
        QVERIFY(file != QLatin1String("&File"));
        QCOMPARE(sourceTextsOf(file), QStringList{QStringLiteral("&File")});
        QCOMPARE(QCoreApplication::translate("rw::ui::ActionRegistry", "&File"), file);
        QCOMPARE(sourceTextsOf(file), QStringList{QStringLiteral("&File")});
        const QString said = translated(RW_TEXT("source", "The event time is NULL."));
        QCOMPARE(sourceTextsOf(said), QStringList{QStringLiteral("The event time is NULL.")});
    }

    void otherWordsHaveNone() {
        RememberingTranslator chinese;
        QVERIFY(chinese.load(QStringLiteral(":/i18n/rillwright_zh_CN.qm")));
        QVERIFY(QCoreApplication::installTranslator(&chinese));
        QCOMPARE(QCoreApplication::translate("rw::ui::ActionRegistry", "no text of the program"),
                 QStringLiteral("no text of the program"));
        QVERIFY(sourceTextsOf(QStringLiteral("no text of the program")).isEmpty());
        QVERIFY(sourceTextsOf(QStringLiteral("每秒订单")).isEmpty());
        QVERIFY(sourceTextsOf({}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSourceTexts)
#include "test_source_texts.moc"
