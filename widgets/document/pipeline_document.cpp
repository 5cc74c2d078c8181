#include "widgets/document/pipeline_document.h"

#include <algorithm>
#include <set>

#include "core/connect/connections/connections.h"
#include "core/pipeline/subflow.h"
#include "widgets/document/portability_check.h"

namespace rw::ui {

namespace {

/// `nodes` and those whose sentence was kept before and is not now, or the other way round, or is another:
/// nothing else is said otherwise of a node that could not be typed before and cannot be now.
std::vector<NodeId> andOfOtherSummaries(const std::vector<NodeId>& nodes,
                                        const LastSummaries::Summaries& before,
                                        const LastSummaries::Summaries& now) {
    std::set<NodeId> all(nodes.begin(), nodes.end());
    for (const auto& [id, summary] : before) {
        const auto found = now.find(id);
        if (found == now.end() || !(found->second == summary)) all.insert(id);
    }
    for (const auto& [id, summary] : now) {
        if (before.count(id) == 0) all.insert(id);
    }
    return {all.begin(), all.end()};
}

}  // namespace

PipelineDocument::PipelineDocument(const Catalogue& catalogue, QObject* parent)
    : QObject(parent),
      m_catalogue(catalogue),
      m_sharedCatalogue(std::make_shared<const Catalogue>(catalogue)),
      m_edits(m_pipeline, m_notes, [this](const DocumentChange& change) { notify(change); }),
      m_selection(new Selection(*this)),
      m_portability(new PortabilityCheck(*this)),
      m_validator(m_sharedCatalogue) {
    m_validator.setParent(this);  // asks which files it may look at
    m_validateSoon.setSingleShot(true);
    m_validateSoon.setInterval(0);
    connect(&m_validateSoon, &QTimer::timeout, this,
            [this] { m_validator.request(m_version, m_pipeline, validateOptions()); });
    connect(&m_validator, &Validator::done, this,
            [this](quint64 version, const std::shared_ptr<const Validated>& result,
                   const LastSummaries::Summaries& summaries) {
                const std::shared_ptr<const Validated> before = std::exchange(m_validated, result);
                m_issueIndex = IssueIndex(*m_validated);
                const LastSummaries::Summaries last = std::exchange(m_lastSummaries, summaries);
                m_validatedVersion = version;
                Q_EMIT validatedChanged(
                    andOfOtherSummaries(nodesWithOtherResults(*before, *m_validated), last, m_lastSummaries));
            });
    connect(&m_undo, &QUndoStack::cleanChanged, this, &PipelineDocument::fileChanged);
}

void PipelineDocument::notify(const DocumentChange& change) {
    using Kind = DocumentChange::Kind;
    ++m_version;
    if (change.kind == Kind::NodesAdded || change.kind == Kind::NodesRemoved ||
        change.kind == Kind::WiresAdded || change.kind == Kind::WiresRemoved) {
        ++m_structure;
    }
    Q_EMIT changed(change);
    m_validateSoon.start();
}

// Commands hold on to the edits.
PipelineDocument::~PipelineDocument() {
    m_undo.disconnect(this);
    m_undo.clear();
}

const NodeKind* PipelineDocument::kindOf(const NodeId& id) const {
    const Node* found = node(id);
    return found != nullptr ? m_catalogue.of(*found) : nullptr;
}

bool PipelineDocument::isSubflow(const NodeId& id) const {
    return !subflowPath(id).isEmpty();
}

QString PipelineDocument::subflowPath(const NodeId& id) const {
    return QString::fromStdString(rw::subflowPath(m_pipeline, m_catalogue, validateOptions(), id));
}

const Note* PipelineDocument::note(NoteId id) const {
    const std::optional<std::size_t> place = m_notes.placeOf(id);
    return place && *place < m_pipeline.notes.size() ? &m_pipeline.notes[*place] : nullptr;
}

const TypedNode* PipelineDocument::typed(const NodeId& id) const {
    const auto found = m_validated->nodes.find(id);
    return found != m_validated->nodes.end() ? &found->second : nullptr;
}

Text PipelineDocument::summary(const NodeId& id) const {
    const TypedNode* node = typed(id);
    if (node != nullptr && node->bound) return node->bound->summary;
    const auto last = m_lastSummaries.find(id);
    return last != m_lastSummaries.end() ? last->second : Text();
}

const StreamType* PipelineDocument::streamAt(const PortRef& output) const {
    const TypedNode* from = typed(output.node);
    const NodeKind* kind = kindOf(output.node);
    if (from == nullptr || !from->bound || kind == nullptr) return nullptr;
    const int port = kind->outputPort(output.port);
    const auto& outputs = from->bound->outputs;
    if (port < 0 || static_cast<std::size_t>(port) >= outputs.size()) return nullptr;
    return &outputs[static_cast<std::size_t>(port)];
}

ValidateOptions PipelineDocument::validateOptions() const {
    return {.folder = folder().toStdString(),
            .variables = {},
            .file = m_path.toStdString(),
            .connections = m_connections};
}

void PipelineDocument::setConnections(std::shared_ptr<const Connections> connections) {
    m_runConnections = std::move(connections);
    knowConnections();
}

void PipelineDocument::setOffers(ConnectionOffers offers) {
    if (offers == m_offers) return;
    m_offers = std::move(offers);
    knowConnections();
}

void PipelineDocument::knowConnections() {
    m_connections = m_runConnections ? m_runConnections->known() : nullptr;
    if (m_connections && !m_offers.empty()) {
        auto offered = std::make_shared<KnownConnectionList>(*m_connections);
        offered->offers = m_offers;
        m_connections = std::move(offered);
    }
    revalidate();
}

void PipelineDocument::revalidate() {
    m_validateSoon.start();
}

std::optional<Issue> PipelineDocument::checkWire(const Wire& wire, const Wire* instead) const {
    std::vector<std::size_t> gone = givingWay(wire);
    for (std::size_t i = 0; instead != nullptr && i < m_pipeline.wires.size(); ++i) {
        if (m_pipeline.wires[i] == *instead) gone.push_back(i);
    }
    return rw::checkWire(m_pipeline, m_catalogue, validateOptions(), wire,
                         isValidated() ? m_validated.get() : nullptr, gone);
}

std::vector<std::size_t> PipelineDocument::givingWay(const Wire& wire) const {
    const NodeKind* kind = kindOf(wire.to.node);
    const int port = kind != nullptr ? kind->inputPort(wire.to.port) : -1;
    if (port < 0 || kind->inputs[static_cast<std::size_t>(port)].many) return {};
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < m_pipeline.wires.size(); ++i) {
        if (m_pipeline.wires[i].to == wire.to) places.push_back(i);
    }
    return places;
}

}  // namespace rw::ui
