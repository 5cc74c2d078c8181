// Files that are no good models: each is refused with a message, and none costs more than its bytes.
#include <QtTest>

#include <random>

#include "core/base/byte_size.h"
#include "core/score/model_json.h"
#include "tests/support/random_cases.h"
#include "tests/unit/score/stored_models.h"

using namespace rw;
using namespace rw::score;
using namespace rw::score::test;

namespace {

const std::string kHead = R"({"rillwright_model":1,"inputs":[{"name":"a"},{"name":"b"}],)"
                          R"("outputs":[{"name":"y","type":"DOUBLE","gives":"value"}],)";

QString refusal(const std::string& text) {
    const Result<ModelRef> model = loadJsonModel(text);
    return model.ok() ? QString() : QString::fromStdString(english(model.error()));
}

/// A model of one tree whose parts can be replaced.
std::string tree(const std::string& feature = "[0,-1,-1]", const std::string& left = "[1,0,0]",
                 const std::string& right = "[2,0,0]", const std::string& threshold = "[1,0,0]",
                 const std::string& value = "[0,1,2]") {
    return kHead + R"("trees":{"base":[0],"trees":[{"adds_to":0,"feature":)" + feature + R"(,"left":)" +
           left + R"(,"right":)" + right + R"(,"threshold":)" + threshold + R"(,"value":)" + value + "}]}}";
}

std::string mutated(std::string text, std::mt19937& random) {
    static const std::vector<std::string> kPieces{"-1", "1e999", "9999999999", "[",    "]",    "{",
                                                  "}",  ",",     "\"",         ":",    "NaN",  "null",
                                                  "0",  "-0",    "\\u0000",    "\xff", "1e308"};
    for (auto left = 1 + random() % 4; left > 0; --left) {
        const std::size_t at = random() % text.size();
        switch (random() % 4) {
            case 0:
                text[at] = static_cast<char>(random());
                break;
            case 1:
                text.erase(at, 1 + random() % 20);
                break;
            case 2:
                text.insert(at, kPieces[random() % kPieces.size()]);
                break;
            default:
                text.replace(at, std::min<std::size_t>(text.size() - at, 1 + random() % 3),
                             kPieces[random() % kPieces.size()]);
        }
        if (text.empty()) text = "{";
    }
    return text;
}

}  // namespace

class TestHostileModels : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void treesThatAreNone() {
        QCOMPARE(refusal(tree()), QString());
        const QString children = "Its children must be two nodes behind it.";
        QVERIFY(refusal(tree("[0,-1,-1]", "[0,0,0]")).contains(children));  // a cycle
        QVERIFY(refusal(tree("[0,-1,-1]", "[1,0,0]", "[1,0,0]")).contains(children));
        QVERIFY(refusal(tree("[0,-1,-1]", "[1,0,0]", "[3,0,0]")).contains(children));
        QVERIFY(refusal(tree("[0,0,-1,-1]", "[1,2,0,0]", "[3,3,0,0]", "[1,1,0,0]", "[0,0,1,2]"))
                    .contains("is the child of another"));
        QVERIFY(refusal(tree("[2,-1,-1]")).contains("Tree 0, node 0: The model has no input 2."));
        QVERIFY(refusal(tree("[-2,-1,-1]")).contains("The model has no input -2."));
        QVERIFY(refusal(tree("[]")).contains("different lengths"));
        QVERIFY(refusal(tree("[0,-1,-1]", "[1,0,0]", "[2,0,0]", "[1,0]")).contains("different lengths"));
    }

    void numbersThatAreNone() {
        const auto weights = [](const std::string& value) {
            return kHead + R"("linear":{"intercepts":[0],"weights":[[1,)" + value + "]]}}";
        };
        QCOMPARE(refusal(weights("2")), QString());
        QVERIFY(refusal(weights("NaN")).contains("There is no finite number"));
        QVERIFY(refusal(weights("Infinity")).contains("There is no finite number"));
        QVERIFY(refusal(weights("1e999")).contains("does not fit into a number of 64 bits"));
        QVERIFY(refusal(weights("2,3")).contains("More than 2 numbers"));
        QVERIFY(refusal(weights("2],[1,2")).contains("for each of the 1 intercepts"));
    }

    void placesAreTold() {
        QVERIFY(refusal("{\n \"rillwright_model\": 2}")
                    .startsWith("Line 2, column 22: The format of this model is version 2"));
        QVERIFY(refusal("{\"a\":1}").contains("its first key is “a”"));
        QVERIFY(refusal(kHead).contains("ends in the middle"));
        QVERIFY(refusal(tree() + "x").contains("This is not JSON of a model."));
        QVERIFY(refusal("").contains("ends in the middle"));
        QVERIFY(refusal(std::string(100'000, '[')).contains("This is not JSON of a model."));
    }

    void outputsFitTheModel() {
        const auto output = [](const std::string& written) {
            return R"({"rillwright_model":1,"inputs":[{"name":"a"}],"classes":["x","y"],"link":"logistic","outputs":[)" +
                   written + R"(],"linear":{"intercepts":[0],"weights":[[1]]}})";
        };
        QCOMPARE(refusal(output(R"({"name":"p","type":"STRING","gives":"class"})")), QString());
        QVERIFY(refusal(output(R"({"name":"p","type":"BIGINT","gives":"class"})"))
                    .contains("cannot have type BIGINT"));
        QVERIFY(refusal(output(R"({"name":"p","type":"DOUBLE","gives":"probability","of":2})"))
                    .contains("does not compute"));
        QVERIFY(
            refusal(output(R"({"name":"p","type":"DOUBLE","gives":"value"})")).contains("does not compute"));
        QVERIFY(refusal(output(R"({"name":"p","type":"DOUBLE","gives":"magic"})"))
                    .contains("“magic” is not known here."));
    }

    /// Refused before any of it is read.
    void largeFiles() {
        class Large final : public Files {
         public:
            Result<FileState> state(const std::string&) const override { return large(); }
            Result<std::unique_ptr<InputFile>> open(const std::string&) const override {
                return std::unique_ptr<InputFile>(std::make_unique<Open>());
            }
            Result<std::vector<std::string>> list(const std::string&) const override {
                return std::vector<std::string>{};
            }
            std::vector<std::string> matching(const std::string&) const override { return {}; }
            std::unique_ptr<InputStream> standardInput() const override { return nullptr; }

         private:
            static FileState large() { return {FileState::Kind::Regular, 1, 1, kMostModelBytes + 1, 0}; }
            class Open final : public InputFile {
                Result<std::size_t> read(std::uint64_t, std::span<char>) override { qFatal("it is read"); }
                Result<FileState> state() const override { return large(); }
            };
        };
        const Result<ModelBytes> read = readModel(Large(), "/large.json");
        QVERIFY(!read.ok());
        QVERIFY(english(read.error()).find("“/large.json” has " + byteSizeText(kMostModelBytes)) !=
                std::string::npos);
    }

    /// Good files with some bytes changed: refused, or a model that scores rows; never a crash.
    void changedFiles() {
        std::vector<std::string> good;
        for (const std::string& name : storedModels()) good.push_back(bytesOf(name));
        const std::vector<double> column(70, 0.5);
        std::size_t read = 0;
        for (const std::uint32_t seed : rw::test::seedsOf(rw::test::suites::HostileModels)) {
            std::mt19937 random(seed);
            const Result<ModelRef> model = loadJsonModel(mutated(good[random() % good.size()], random));
            if (!model.ok()) {
                QVERIFY(!model.error().message.empty());
                continue;
            }
            ++read;
            Features features;
            features.rows = column.size();
            features.columns.assign((*model)->head().inputs.size(), column);
            (void)scored(**model, features);
            Contributions contributions;
            if ((*model)->explains().ok()) (*model)->contributions(features, contributions);
        }
        QVERIFY(read > 0);
    }
};

QTEST_APPLESS_MAIN(TestHostileModels)
#include "test_hostile_models.moc"
