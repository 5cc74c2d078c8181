// Examples are opened in the language of the interface, with every title and comment.
#include <QTranslator>
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/document/examples.h"
#include "widgets/document/pipeline_document.h"

using namespace rw;
using namespace rw::ui;

class TestExampleWords : public QObject {
    Q_OBJECT

    static QStringList wordsOf(const Pipeline& pipeline) {
        QStringList words{QString::fromStdString(pipeline.name)};
        for (const Node& node : pipeline.nodes) words << QString::fromStdString(node.title);
        for (const Note& note : pipeline.notes) words << QString::fromStdString(note.text);
        return words;
    }

 private Q_SLOTS:
    void everyWordIsChinese() {
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        QTranslator chinese;
        QVERIFY(chinese.load(QStringLiteral(":/i18n/rillwright_zh_CN.qm")));
        const QRegularExpression han(QStringLiteral("\\p{Han}"));
        int seen = 0;
        for (const Example& example : examples()) {
            QVERIFY(document.openCopy(example.file).ok());
            const QStringList english = wordsOf(document.pipeline());
            for (const QString& words : english) QVERIFY2(!han.match(words).hasMatch(), qPrintable(words));
            QVERIFY(QCoreApplication::installTranslator(&chinese));
            QVERIFY(document.openCopy(example.file).ok());
            QCoreApplication::removeTranslator(&chinese);
            for (const QString& words : wordsOf(document.pipeline())) {
                const bool aFile = words == QLatin1String("dpkg.log");
                QVERIFY2(aFile || han.match(words).hasMatch(), qPrintable(example.file + u' ' + words));
                ++seen;
            }
            QVERIFY(!document.isModified());
        }
        QVERIFY(seen > 40);
    }
};

QTEST_MAIN(TestExampleWords)
#include "test_example_words.moc"
