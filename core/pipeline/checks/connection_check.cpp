#include "core/pipeline/checks/connection_check.h"

#include <algorithm>
#include <string>

#include "core/pipeline/bind_checks.h"
#include "core/pipeline/checks/param_check.h"
#include "core/pipeline/param_values.h"
#include "core/pipeline/validate.h"
#include "core/pipeline/variables.h"

namespace rw {

namespace {

Text connectionKinds(const ParamSpec& spec) {
    Text kinds;
    for (const Choice& choice : spec.choices)
        kinds = kinds.empty() ? choice.label : RW_TEXT("params", "%1 or %2").with(kinds, choice.label);
    return kinds;
}

/// As the declaration calls a kind of system; else by its word.
Text connectionKindLabel(const ParamSpec& spec, const std::string& kind) {
    for (const Choice& choice : spec.choices) {
        if (choice.value == kind) return choice.label;
    }
    return RW_TEXT("params", "%1").with(kind);
}

Text connectionNotKnown(const ParamSpec& spec, const std::string& name) {
    if (spec.choices.empty())
        return RW_TEXT("params", "The connection “%1” is not known on this computer.").with(name);
    return RW_TEXT("params", "The connection “%1” (%2) is not known on this computer.")
        .with(name, connectionKinds(spec));
}

std::string addressOfKnown(const KnownConnectionList& known, const std::string& name) {
    for (const KnownConnection& each : known.connections) {
        if (each.name == name) return each.address;
    }
    return {};
}

Text describedConnection(const std::string& name, const std::string& address, const Text& subject) {
    if (address.empty() && subject.empty()) return RW_TEXT("params", "the connection “%1”").with(name);
    if (address.empty()) return RW_TEXT("params", "%1, by the connection “%2”").with(subject, name);
    if (subject.empty()) return RW_TEXT("params", "%1, by the connection “%2”").with(address, name);
    return RW_TEXT("params", "%1 at %2, by the connection “%3”").with(subject, address, name);
}

}  // namespace

bool connectionFits(const ParamSpec& spec, const std::string& kind) {
    return spec.choices.empty() || std::any_of(spec.choices.begin(), spec.choices.end(),
                                               [&](const Choice& fits) { return fits.value == kind; });
}

namespace {

/// One that is named, and is not as it should be.
class WrongConnection {
 public:
    WrongConnection(const Node& node, const ParamSpec& spec, const NamedConnection& named,
                    const KnownConnectionList& known, Issue& issue)
        : m_node(node), m_spec(spec), m_named(named), m_known(known), m_issue(issue) {
        m_issue.severity = Severity::Error;
        m_issue.node = node.id;
        m_issue.param = spec.name;
        m_issue.item = named.item;
    }

    void untold() {
        m_issue.message = m_known.trouble.error().message;
        m_issue.fix = m_known.trouble.error().fix;
    }
    void leadsTo(const std::string& kind) {
        m_issue.message = RW_TEXT("params", "The connection “%1” leads to %2, not to %3.")
                              .with(m_named.name, connectionKindLabel(m_spec, kind), connectionKinds(m_spec));
        m_issue.fix = RW_TEXT("params", "Choose another connection.");
    }
    void unknown() {
        m_issue.message = connectionNotKnown(m_spec, m_named.name);
        m_issue.fix = RW_TEXT("params", "Add the connection on this computer, or choose another one.");
        const auto offer = m_known.offers.find(m_named.name);
        if (offer != m_known.offers.end()) waitsFor(offer->second);
        std::vector<std::string> fitting;
        for (const KnownConnection& each : m_known.connections) {
            if (connectionFits(m_spec, each.kind)) fitting.push_back(each.name);
        }
        for (const Choice& word : m_spec.words) fitting.push_back(word.value);
        if (const std::string nearest = nearestOf(m_named.name, fitting); !nearest.empty()) {
            QuickFix& fix = m_issue.quickFixes.emplace_back();
            fix.label = RW_TEXT("params", "Replace with “%1”").with(nearest);
            fix.node = m_node.id;
            fix.param = m_spec.name;
            fix.value = nearest;
            if (m_named.item >= 0) {
                fix.value = paramValue(m_spec, m_node.params);
                fix.value[static_cast<std::size_t>(m_named.item)] = nearest;
            }
        }
        QuickFix& add = m_issue.quickFixes.emplace_back();
        add.kind = QuickFix::Kind::AddConnection;
        add.label = RW_TEXT("params", "Add “%1”…").with(m_named.name);
        add.node = m_node.id;
        add.param = m_named.name;
        add.value = Json::array();
        for (const Choice& choice : m_spec.choices) add.value.push_back(choice.value);
    }

 private:
    void waitsFor(const ConnectionOffer& offer) {
        m_issue.missing = m_issue.offered = true;
        m_issue.message = offer.message;
        m_issue.fix = offer.fix;
        if (offer.action.empty()) return;
        QuickFix& take = m_issue.quickFixes.emplace_back();
        take.kind = QuickFix::Kind::TakeOffer;
        take.label = offer.action;
        take.node = m_node.id;
        take.param = m_named.name;
    }

    const Node& m_node;
    const ParamSpec& m_spec;
    const NamedConnection& m_named;
    const KnownConnectionList& m_known;
    Issue& m_issue;
};

}  // namespace

void checkConnections(const Node& node, const NodeKind& kind, const KnownConnectionList& known,
                      std::vector<Issue>& issues) {
    for (const ParamSpec& spec : kind.params) {
        if (!applies(spec, kind, node.params)) continue;
        for (const NamedConnection& named : connectionsNamedBy(spec, node.params)) {
            if (usesVariables(Json(named.name))) continue;  // there is no such variable: that was said
            const auto& list = known.connections;
            const auto found = std::find_if(list.begin(), list.end(), [&](const KnownConnection& each) {
                return each.name == named.name;
            });
            if (found != list.end() && connectionFits(spec, found->kind)) continue;
            WrongConnection wrong(node, spec, named, known, issues.emplace_back());
            if (!known.trouble.ok()) {
                wrong.untold();
            } else if (found != list.end()) {
                wrong.leadsTo(found->kind);
            } else {
                wrong.unknown();
            }
        }
    }
}

std::vector<ConnectionUse> connectionUses(const Pipeline& pipeline, const Catalogue& catalogue) {
    std::vector<ConnectionUse> uses;
    const Pipeline today = withVariables(pipeline, ValidateOptions());
    for (const Node& node : today.nodes) {
        const NodeKind* const kind = catalogue.of(node);
        if (kind == nullptr) continue;
        for (const ParamSpec& spec : kind->params) {
            if (!applies(spec, *kind, node.params)) continue;
            for (const NamedConnection& named : connectionsNamedBy(spec, node.params))
                uses.push_back({named.name, node.id, node.shownTitle()});
        }
    }
    return uses;
}

std::vector<Access> connectionAccesses(const Node& node, const NodeKind& kind,
                                       const KnownConnectionList* known) {
    Text subject;
    std::string subjects;
    for (const ParamSpec& spec : kind.params) {
        const Json& value = paramValue(spec, node.params);
        if (!spec.subject || isBlank(value) || !applies(spec, kind, node.params)) continue;
        const std::string named = value.is_string() ? value.get<std::string>() : value.dump();
        const Text one = RW_TEXT("params", "%1 “%2”").with(spec.label, named);
        subject = subject.empty() ? one : RW_TEXT("params", "%1, %2").with(subject, one);
        subjects += '\n' + spec.name + '=' + named;
    }
    std::vector<Access> accesses;
    for (const ParamSpec& spec : kind.params) {
        if (!applies(spec, kind, node.params)) continue;
        // Of a list a node tells others.
        const bool sends = kind.group == NodeGroup::Sink || spec.kind == ParamKind::Connections;
        for (const auto& [name, item] : connectionsNamedBy(spec, node.params)) {
            const std::string address = known != nullptr ? addressOfKnown(*known, name) : std::string();
            Access& access = accesses.emplace_back();
            access.kind = sends ? Access::Kind::Sends : Access::Kind::Reads;
            // Where it leads to belongs to it: a person who agreed to one address did not agree to another
            // one.
            access.target = "connection:" + name + '\n' + address + subjects;
            access.description = describedConnection(name, address, subject);
        }
    }
    return accesses;
}

}  // namespace rw
