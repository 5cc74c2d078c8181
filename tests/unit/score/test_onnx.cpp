// ONNX models: hostile files are refused without the library; with it a row gives what it gives there.
#include <QtTest>

#include <cmath>

#include "core/connect/files/system_files.h"
#include "core/score/onnx_api.h"
#include "core/score/onnx_file.h"
#include "core/score/onnx_model.h"
#include "tests/unit/score/stored_models.h"

using namespace rw;
using namespace rw::score;
using namespace rw::score::test;

namespace {

const std::string kFolder = std::string(RILLWRIGHT_SOURCE) + "/tests/fixtures/models/";

std::string onnxBytes(const std::string& name) {
    return readModel(*systemFiles(), kFolder + name + ".onnx")->bytes;
}

/// A field of a protobuf that holds bytes of at most 127 each.
std::string field(int number, const std::string& bytes) {
    std::string out;
    const int tag = number << 3 | 2;
    if (tag > 127) {
        out += static_cast<char>((tag & 0x7F) | 0x80);
        out += static_cast<char>(tag >> 7);
    } else {
        out += static_cast<char>(tag);
    }
    return out + static_cast<char>(bytes.size()) + bytes;
}

QString refusal(const std::string& bytes) {
    const Status status = checkOnnx(bytes);
    return status.ok() ? QString() : QString::fromStdString(english(status.error()));
}

}  // namespace

class TestOnnx : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void hostileFiles() {
        QCOMPARE(refusal(field(7, field(1, field(7, "ai.onnx.ml")))), QString());
        QVERIFY(refusal(field(7, field(1, field(7, "evil")))).contains("uses operators of “evil”"));
        QVERIFY(refusal(field(7, field(5, field(13, "x")))).contains("keeps its weights in other files"));
        QVERIFY(refusal(field(7, field(5, std::string("\x70\x01", 2))))
                    .contains("keeps its weights in other files"));
        QVERIFY(refusal(field(7, field(1, field(5, field(5, field(13, "x")))))).contains("in other files"));
        QVERIFY(refusal(field(7, "") + field(25, "")).contains("functions of its own"));
        QVERIFY(refusal(field(7, field(15, ""))).contains("sparse weights"));
        QCOMPARE(refusal(""),
                 QString("This is no ONNX model, or one that was cut off. Export the model again."));
        for (const std::string& name : {std::string("logistic"), std::string("forest")}) {
            const std::string good = onnxBytes(name);
            QCOMPARE(refusal(good), QString());
            for (std::size_t size = 0; size < good.size(); size += 7) (void)checkOnnx(good.substr(0, size));
            QVERIFY(!refusal(good.substr(0, good.size() / 2)).isEmpty());
        }
    }

    void withoutTheLibrary() {
        const Result<ModelRef> model = loadOnnxModel(onnxBytes("logistic"), "/nowhere/libonnxruntime.so");
        QVERIFY(!model.ok());
        const QString said = QString::fromStdString(english(model.error()));
        QVERIFY2(said.contains("pip install onnxruntime") && said.contains("/nowhere/libonnxruntime.so"),
                 qPrintable(said));
    }

    void aFileThatIsNoLibrary() {
        QVERIFY(!loadOnnxModel(onnxBytes("logistic"), kFolder + "linear.json").ok());
    }

    void predictAsTheirLibrary_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("logistic") << "logistic";
        QTest::newRow("forest") << "forest";
    }
    void predictAsTheirLibrary() {
        if (!ort::Api::load("").ok()) QSKIP("there is no ONNX Runtime");
        QFETCH(QString, name);
        const Result<ModelRef> model = loadOnnxModel(onnxBytes(name.toStdString()), "");
        QVERIFY2(model.ok(), model.ok() ? "" : english(model.error()).c_str());
        const StoredRows stored = storedRows(name.toStdString() + ".onnx", (*model)->head());
        QCOMPARE(stored.rows, std::size_t{30});
        QCOMPARE((*model)->head().outputs.size(), std::size_t{3});
        const std::vector<ColumnRef> columns = scored(**model, stored.all());
        for (std::size_t row = 0; row < stored.rows; ++row) {
            QCOMPARE(shown(*columns[0], row), stored.outputs[0][row]);
            for (const std::size_t output : {1UL, 2UL}) {
                const double expected = std::strtod(stored.outputs[output][row].c_str(), nullptr);
                QVERIFY(std::fabs(columns[output]->at<double>(row) - expected) <= 1e-6);
            }
        }
        // The same bits wherever a row is.
        for (std::size_t row = 0; row < stored.rows; ++row) {
            Features one = stored.all();
            one.rows = 1;
            for (std::span<const double>& column : one.columns) column = column.subspan(row, 1);
            const std::vector<ColumnRef> alone = scored(**model, one);
            for (std::size_t i = 0; i < alone.size(); ++i)
                QCOMPARE(shown(*alone[i], 0), shown(*columns[i], row));
        }
    }

    void brokenModels() {
        if (!ort::Api::load("").ok()) QSKIP("there is no ONNX Runtime");
        const std::string good = onnxBytes("logistic");
        for (std::size_t at = 0; at < good.size(); at += 5) {
            std::string bytes = good;
            bytes[at] = static_cast<char>(bytes[at] ^ 0x5A);
            (void)loadOnnxModel(bytes, "");
        }
    }
};

QTEST_APPLESS_MAIN(TestOnnx)
#include "test_onnx.moc"
