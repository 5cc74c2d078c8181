// Code with a document asks it for a node, PipelineDocument::node(), which has an index.
// Pipeline::find() looks through all nodes: asked for each of thousands it looks at hundreds of millions.
#include <QRegularExpression>
#include <QtTest/QtTest>

#include "tests/house/checkout.h"

using namespace rw::house;

namespace {

const QRegularExpression& search() {
    static const QRegularExpression pattern(QStringLiteral("\\b(pipeline\\(\\)|m_pipeline)\\.find\\("));
    return pattern;
}

}  // namespace

class TestLookups : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void documentAndCanvasDoNotSearch() {
        QStringList found;
        for (const SourceFile& file :
             filesBelow({QStringLiteral("widgets/document"), QStringLiteral("widgets/canvas")},
                        {QStringLiteral(".h"), QStringLiteral(".cpp")})) {
            for (qsizetype i = 0; i < file.lines.size(); ++i) {
                if (search().match(file.lines[i]).hasMatch())
                    found << at(file.path, i + 1, QStringLiteral("ask PipelineDocument::node() instead"));
            }
        }
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }

    void aSearchIsRecognised() {
        QVERIFY(search().match(QStringLiteral("const Node* node = m_pipeline.find(id);")).hasMatch());
        QVERIFY(search().match(QStringLiteral("document.pipeline().find(m_node)")).hasMatch());
        QVERIFY(!search().match(QStringLiteral("m_document.node(id)->disabled")).hasMatch());
    }
};

QTEST_APPLESS_MAIN(TestLookups)
#include "test_lookups.moc"
