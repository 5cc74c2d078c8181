#include "core/superset/publication.h"

#include <algorithm>
#include <map>

#include "core/superset/superset_client.h"

namespace rw {

namespace {

using ObjectKind = SupersetObject::Kind;
using KnownOfKind = std::map<ObjectKind, std::map<std::string, std::int64_t>>;

class Publication {
 public:
    Publication(const SupersetBundle& bundle, const PublishRequest& request, NodeConnection connection)
        : m_bundle(bundle), m_request(request), m_client(std::move(connection), request.cancelled) {}

    Status look() {
        tell(RW_TEXT("superset", "Signing in to Superset"));
        RW_TRY(m_client.signIn());
        tell(RW_TEXT("superset", "Looking at what is there"));
        RW_TRY(list());
        for (const SupersetObject& object : m_bundle.objects)
            (isThere(object) ? m_before.replaced : m_before.added).push_back(object);
        for (const SupersetDatabase& database : m_bundle.databases) {
            if (database.hasPassword && m_known[ObjectKind::Database].count(database.uuid) == 0)
                m_before.passwords.push_back(database.connection);
        }
        return {};
    }

    Status import() {
        RW_TRY(mayReplace());
        if (m_request.found) m_request.found(m_before);
        DatabasePasswords passwords;
        for (const SupersetDatabase& database : m_bundle.databases) {
            if (m_known[ObjectKind::Database].count(database.uuid) > 0 || !database.hasPassword) continue;
            RW_TRY_ASSIGN(const Connection connection, m_request.connections->named(database.connection));
            RW_TRY_ASSIGN(Secret password, m_request.connections->secret(connection, "password"));
            passwords.emplace_back(database.file, std::move(password));
        }
        tell(RW_TEXT("superset", "Sending the bundle"));
        return m_client.import(m_bundle.zip(), passwords);
    }

    Result<Published> verify() {
        Published done;
        done.before = std::move(m_before);
        done.link = m_client.dashboardLink(m_bundle.slug);
        tell(RW_TEXT("superset", "Reading the charts there"));
        RW_TRY(list());
        for (const SupersetObject& object : m_bundle.objects) {
            if (!isThere(object))
                return Status(
                    ErrorCode::Refused,
                    RW_TEXT("superset", "Superset took the bundle, but the %1 “%2” is not there.")
                        .with(supersetKindText(object.kind), object.name),
                    RW_TEXT("superset",
                            "Look at the log of Superset; its version may be one that is not known here."));
        }
        for (const SupersetObject& object : m_bundle.objects) {
            if (object.kind != ObjectKind::Chart) continue;
            const Status read = m_client.readChart(m_known[ObjectKind::Chart].at(object.uuid));
            if (read.ok()) continue;
            if (read.error().code == ErrorCode::Cancelled) break;  // it is published all the same
            done.warnings.push_back(RW_TEXT("superset", "Superset can't read the data of “%1” now: %2")
                                        .with(object.name, read.error().message));
        }
        return done;
    }

    SupersetFindings takeFindings() { return std::move(m_before); }

 private:
    void tell(const Text& step) const {
        if (m_request.tell) m_request.tell(step);
    }

    Status list() {
        for (const ObjectKind kind :
             {ObjectKind::Database, ObjectKind::Dataset, ObjectKind::Chart, ObjectKind::Dashboard}) {
            RW_TRY_ASSIGN(m_known[kind], m_client.known(kind));
        }
        return {};
    }

    bool isThere(const SupersetObject& object) { return m_known[object.kind].count(object.uuid) > 0; }

    Status mayReplace() const {
        if (!m_request.agreed) return {};
        const auto& agreed = *m_request.agreed;
        for (const SupersetObject& object : m_before.replaced) {
            if (std::find(agreed.begin(), agreed.end(), object.uuid) != agreed.end()) continue;
            return {
                ErrorCode::Refused,
                RW_TEXT("superset", "Meanwhile the %1 “%2” has come to be there, which would be replaced.")
                    .with(supersetKindText(object.kind), object.name),
                RW_TEXT("superset", "Look again at what would be replaced.")};
        }
        return {};
    }

    const SupersetBundle& m_bundle;
    const PublishRequest& m_request;
    SupersetClient m_client;
    KnownOfKind m_known{};
    SupersetFindings m_before{};
};

Result<NodeConnection> supersetConnection(const PublishRequest& request) {
    RW_TRY_ASSIGN(Connection connection, request.connections->named(request.connection));
    if (connection.kind != "superset")
        return Status(
            ErrorCode::Invalid,
            RW_TEXT("superset", "The connection “%1” leads to no Superset.").with(request.connection),
            RW_TEXT("superset", "Choose a connection of the kind Superset, or add one."));
    return NodeConnection(std::move(connection), request.connections);
}

}  // namespace

Result<SupersetFindings> lookAtSuperset(const SupersetBundle& bundle, const PublishRequest& request) {
    RW_TRY_ASSIGN(NodeConnection connection, supersetConnection(request));
    Publication publication(bundle, request, std::move(connection));
    RW_TRY(publication.look());
    return publication.takeFindings();
}

Result<Published> publishToSuperset(const SupersetBundle& bundle, const PublishRequest& request) {
    RW_TRY_ASSIGN(NodeConnection connection, supersetConnection(request));
    Publication publication(bundle, request, std::move(connection));
    RW_TRY(publication.look());
    RW_TRY(publication.import());
    return publication.verify();
}

}  // namespace rw
