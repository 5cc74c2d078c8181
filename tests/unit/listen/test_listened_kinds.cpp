// Every node type, without being told which: a source that a look does not read gives rows to somebody who
// listens, or says why nobody can.
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <algorithm>
#include <atomic>
#include <thread>

#include "core/connect/connections/connections.h"
#include "core/listen/listen.h"
#include "core/listen/listening_node.h"
#include "core/nodes/catalogue.h"
#include "tests/unit/nodes/contract/contract_params.h"
#include "tests/unit/nodes/contract/outside_world.h"

using namespace rw;
using namespace rw::test;

namespace {

const Catalogue& kinds() {
    static const Catalogue kBuiltin = builtin();
    return kBuiltin;
}

/// Rows come again and again while it exists, as in a run that somebody waits for.
class RowsOutside {
 public:
    RowsOutside(const NodeKind& kind, const BoundNode& bound)
        : m_sending([this, &kind, listens = listensHere(bound)] {
              while (!m_over) {
                  listens ? bringRowsIfHeard() : bringRowsOutside(kind);
                  std::this_thread::sleep_for(std::chrono::milliseconds(50));
              }
          }) {}
    ~RowsOutside() {
        m_over = true;
        m_sending.join();
        bringNoRows();  // the next variant may listen where this one asked
    }
    RowsOutside(const RowsOutside&) = delete;
    RowsOutside& operator=(const RowsOutside&) = delete;

 private:
    /// It takes what others send; nobody else may have its port then.
    static bool listensHere(const BoundNode& bound) {
        return std::any_of(bound.accesses.begin(), bound.accesses.end(), [](const Access& access) {
            return access.target == "listen:" + outsideAddress();
        });
    }

    std::atomic<bool> m_over{false};
    std::thread m_sending;
};

QByteArray saidOf(const Listened& heard) {
    std::string all;
    for (const Issue& issue : heard.issues) all += english(issue) + "; ";
    for (const Heard& one : heard.sources) all += english(one.missing) + " " + english(one.fix) + "; ";
    if (!heard.failed.ok()) all += english(heard.failed.error());
    return QByteArray::fromStdString(all);
}

struct KindTrial {
    QTemporaryDir folder;
    Pipeline pipeline;
    ValidateOptions options;
    std::shared_ptr<const Connections> connections;
    Validated checked;

    KindTrial(const NodeKind& kind, const Json& params) {
        Node source;
        source.id = "live";
        source.type = kind.type;
        source.params = params;
        pipeline.nodes = {source};
        options.folder = folder.path().toStdString();
        options.files = false;
        connections = outsideConnections(kind);
        options.connections = connections->known();
        checked = validate(pipeline, kinds(), options);
    }
    const BoundNode* bound() const {
        const auto typed = checked.nodes.find("live");
        return typed == checked.nodes.end() ? nullptr : typed->second.bound.get();
    }
    Listened listen(Millis within) const {
        ListenRequest request{pipeline, kinds()};
        request.validating = options;
        request.connections = connections;
        request.sources = {"live"};
        request.within = within;
        request.limits.rows = 1;
        return rw::listen(request);
    }
};

/// What is wrong with one of its variants; empty: nothing. `heard`, `said`: what was tried.
QByteArray faultOf(const NodeKind& kind, const Json& params, int& heard, int& said) {
    const KindTrial trial(kind, params);
    if (trial.bound() == nullptr) return {};  // the contract of nodes says which variants there are
    const Node& node = trial.pipeline.nodes.front();
    const bool offered = !sourcesToHear(trial.pipeline, kinds(), trial.checked).empty();
    if (!reachesOut(node, kind, *trial.bound())) return offered ? "it is read, and offered all the same" : "";
    if (const std::optional<NoLook> why = notHeard(node, *trial.bound())) {
        ++said;
        if (offered) return "it can't be listened to, and is offered all the same";
        const bool whole =
            !why->fix.empty() && english(why->message).find(node.shownTitle()) != std::string::npos;
        return whole ? "" : "it does not say of which node, or what helps";
    }
    ++heard;
    if (!offered) return "it is not offered";
    const RowsOutside rows(kind, *trial.bound());
    // Nobody brings rows of this machine: it may have none.
    const Listened listened = trial.listen(readsThisMachine(kind) ? 300 : 20'000);
    const bool any = listened.sources.size() == 1 && listened.sources[0].rows.count() > 0;
    if (any || (readsThisMachine(kind) && listened.failed.ok())) return {};
    return "no row: " + saidOf(listened);
}

}  // namespace

class TestListenedKinds : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void allAreHeardOrSayWhyNot_data() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < kinds().kinds().size(); ++i)
            QTest::newRow(kinds().kinds()[i].type.c_str()) << static_cast<int>(i);
    }
    void allAreHeardOrSayWhyNot() {
        QFETCH(int, index);
        const NodeKind& kind = kinds().kinds()[static_cast<std::size_t>(index)];
        if (kind.group != NodeGroup::Source || kind.bind == nullptr) {
            Pipeline alone;
            alone.nodes.emplace_back();
            alone.nodes.front().id = "it";
            alone.nodes.front().type = kind.type;
            QVERIFY(sourcesToHear(alone, kinds(), validate(alone, kinds(), {})).empty());
            return;
        }
        int heard = 0, said = 0;
        for (const Json& params : variants(kind)) {
            const QByteArray fault = faultOf(kind, params, heard, said);
            QVERIFY2(fault.isEmpty(),
                     (QByteArray::fromStdString(kind.type + ' ' + params.dump() + ": ") + fault).constData());
            if (heard + said > kMostVariants) break;
        }
        m_heard += heard > 0 ? 1 : 0;
        m_silent += said > 0 ? 1 : 0;
    }

    // Otherwise nothing was tried above.
    void someAreHeardAndSomeAreNot() {
        QVERIFY2(m_heard >= 8, QByteArray::number(m_heard).constData());
        QVERIFY(m_silent >= 1);
    }

    /// None of the variants above has a server with a slot.
    void noReplicationSlotIsMade() {
        Node node;
        node.id = "changes";
        node.type = "sql_source";
        node.params["mode"] = "changes";
        const std::optional<NoLook> why = notHeard(node, BoundNode{});
        QVERIFY(why && !why->fix.empty());
        QVERIFY(english(why->message).find("replication slot") != std::string::npos);
        node.params["mode"] = "growing";
        QVERIFY(!notHeard(node, BoundNode{}));
    }

 private:
    static constexpr int kMostVariants = 60;  ///< of a kind: each makes a client
    int m_heard = 0, m_silent = 0;            ///< kinds
};

QTEST_GUILESS_MAIN(TestListenedKinds)
#include "test_listened_kinds.moc"
