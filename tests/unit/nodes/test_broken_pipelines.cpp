// Golden pipelines broken at random, with a fixed seed: for any damage to a file, there is a plan or there
// are words, never a crash.
#include <QtTest>

#include <filesystem>
#include <random>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/runtime/planning/plan.h"

using namespace rw;
namespace fs = std::filesystem;

namespace {

class Breaker {
 public:
    explicit Breaker(unsigned seed) : m_random(seed) {}

    /// A few bytes of the text changed, taken away or doubled.
    std::string text(std::string text) {
        for (int i = below(4); i >= 0 && !text.empty(); --i) {
            const std::size_t at = m_random() % text.size();
            switch (below(4)) {
                case 0:
                    text[at] = static_cast<char>(m_random() % 256);
                    break;
                case 1:
                    text.erase(at, m_random() % 8);
                    break;
                case 2:
                    text.insert(at, text.substr(m_random() % text.size(), m_random() % 40));
                    break;
                default:
                    text[at] = "{}[]\",:.0-e`'()*"[below(16)];
            }
        }
        return text;
    }

    /// A few values of the tree replaced, taken away, doubled or moved.
    void tree(Json& root) {
        for (int i = below(3); i >= 0; --i) {
            Json* at = &root;
            while (at->is_structured() && !at->empty() && (at == &root || below(4) > 0)) {
                m_parent = at;
                m_index = m_random() % at->size();
                at = &*std::next(at->begin(), static_cast<std::ptrdiff_t>(m_index));
            }
            if (at != &root) change(*at);
        }
    }

 private:
    int below(unsigned n) { return static_cast<int>(m_random() % n); }

    void change(Json& value) {
        switch (below(6)) {
            case 0:
                if (m_parent->is_array()) {
                    m_parent->erase(m_index);
                } else {
                    m_parent->erase(std::next(m_parent->begin(), static_cast<std::ptrdiff_t>(m_index)));
                }
                break;
            case 1:
                if (m_parent->is_array()) m_parent->push_back(Json(value));
                break;
            case 2:
                if (value.is_string()) value = text(value.get<std::string>());
                break;
            case 3:
                m_kept = value;
                break;
            case 4:
                value = Json(m_kept);
                break;
            default:
                value = odd();
        }
    }

    Json odd() {
        const Json values =
            Json::array({nullptr, true, 0, -1, 3.5, 1e300, "", "x", "${y}", "in.in", "ts", "0s", "*",
                         "COUNT(*) AS n", Json::array(), Json::object(), Json::array({"a", 1})});
        return values[m_random() % values.size()];
    }

    std::mt19937 m_random;
    Json m_kept = "kept";
    Json* m_parent = nullptr;
    std::size_t m_index = 0;
};

std::vector<std::string> goldenPipelines() {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(fs::path(RILLWRIGHT_SOURCE) / "tests/golden/cases")) {
        QFile file(QString::fromStdString((entry.path() / "pipeline.rill").string()));
        if (!file.open(QIODevice::ReadOnly)) qFatal("%s can't be read", qPrintable(file.fileName()));
        out.push_back(file.readAll().toStdString());
    }
    if (out.size() < 100) qFatal("only %zu golden pipelines", out.size());
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace

class TestBrokenPipelines : public QObject {
    Q_OBJECT

    const Catalogue m_kinds = builtin();
    int m_loaded = 0, m_planned = 0, m_refused = 0;

    void tryText(const std::string& text) {
        const Result<Loaded> loaded = loadPipeline(text);
        if (!loaded.ok()) {
            ++m_refused;
            QVERIFY2(english(loaded.error()).size() > 10, text.c_str());
            return;
        }
        ++m_loaded;
        const std::string saved = savePipeline(loaded->pipeline);
        const Result<Loaded> again = loadPipeline(saved);
        QVERIFY2(again.ok(), saved.c_str());
        QVERIFY2(savePipeline(again->pipeline) == saved, saved.c_str());
        PlanOptions options;
        options.validate.folder = "/nowhere";
        options.parallelism = 2;
        const Planned planned = makePlan(loaded->pipeline, m_kinds, options);
        if (planned.plan) ++m_planned;
        const Validated validated = validate(loaded->pipeline, m_kinds, options.validate);
        QVERIFY2((planned.plan != nullptr) == validated.runnable(), saved.c_str());
        QVERIFY2(planned.plan || hasErrors(planned.issues), saved.c_str());
        QVERIFY2(validated.runnable() || hasErrors(validated.issues) || validated.order.empty(),
                 saved.c_str());
        for (const Issue& issue : validated.issues) QVERIFY(!issue.message.empty());
    }

 private Q_SLOTS:
    void brokenTrees() {
        Breaker breaker(1);
        for (const std::string& golden : goldenPipelines()) {
            const Json root = Json::parse(golden);
            for (int i = 0; i < 40; ++i) {
                Json broken = root;
                breaker.tree(broken);
                tryText(broken.dump(-1, ' ', false, Json::error_handler_t::ignore));
                if (QTest::currentTestFailed()) return;
            }
        }
        // The test would say nothing if all were refused at the door.
        QVERIFY(m_loaded > m_refused && m_planned > 100);
    }

    void brokenTexts() {
        Breaker breaker(2);
        for (const std::string& golden : goldenPipelines()) {
            for (int i = 0; i < 40; ++i) {
                tryText(breaker.text(golden));
                if (QTest::currentTestFailed()) return;
            }
        }
        QVERIFY(m_refused > 100);
    }
};

QTEST_APPLESS_MAIN(TestBrokenPipelines)
#include "test_broken_pipelines.moc"
