#include "core/cluster/flink/flink_target.h"

#include "core/net/http_error.h"

namespace rw {

namespace {

Target flinkAt(const char* gateway, const char* jobManager) {
    Target target;
    target.engine = Engine::Flink;
    target.flink.gateway = gateway;
    target.flink.jobManager = jobManager;
    return target;
}

std::vector<TargetField> fieldsOfFlink() {
    std::vector<TargetField> fields(6);
    TargetField* field = fields.data();
    field->name = "gateway";
    field->place = +[](Target& target) -> std::string& { return target.flink.gateway; };
    field->label = RW_TEXT("targets", "SQL gateway");
    field->listed = true;
    ++field;
    field->name = "job_manager";
    field->place = +[](Target& target) -> std::string& { return target.flink.jobManager; };
    field->label = RW_TEXT("targets", "JobManager");
    field->help = RW_TEXT("targets", "The address of Flink's web page.");
    field->listed = true;
    ++field;
    field->name = "ca_file";
    field->place = +[](Target& target) -> std::string& { return target.flink.caFile; };
    field->label = RW_TEXT("targets", "CA file");
    field->help = RW_TEXT(
        "targets", "Certificates (PEM) that are trusted with https. Empty: those that this computer trusts.");
    field->isFile = field->optional = true;
    ++field;
    field->name = "token";
    field->place = +[](Target& target) -> SecretRef& { return target.flink.token; };
    field->label = RW_TEXT("targets", "Token");
    field->optional = true;
    ++field;
    field->name = "charts";
    field->place = +[](Target& target) -> bool& { return target.flink.charts; };
    field->label = RW_TEXT("targets", "Charts");
    field->help = RW_TEXT(
        "targets",
        "A job of their own, a SELECT, feeds them. Switch it off on a cluster that others use, too: a "
        "SELECT that somebody ends before it runs takes its TaskManager down, with all jobs on it "
        "(Flink 2.3.0).");
    field->words = RW_TEXT("targets", "Feed charts by a SELECT job");
    ++field;
    field->name = "plan_folder";
    field->place = +[](Target& target) -> std::string& { return target.flink.planFolder; };
    field->label = RW_TEXT("targets", "Folder of plans");
    field->help = RW_TEXT(
        "targets",
        "A folder that this computer and the SQL gateway both see, by the same path: /mnt/plans. Jobs are "
        "given in as compiled plans then: after an edit that adds a filter or a sink, all other nodes resume "
        "from a savepoint with what they have kept. Empty: jobs are given in as SQL.");
    field->optional = field->listed = true;
    return fields;
}

Status usableAddress(const std::string& address, const FlinkAddress& place, const Text& missing) {
    if (address.empty())
        return wrongTarget(missing, RW_TEXT("cluster",
                                            "Write http:// or https://, the computer's name and the port: "
                                            "http://127.0.0.1:8083."));
    HttpServer server;
    server.address = address;
    // For any token: it must not go there in the clear.
    if (place.token.kind != SecretRef::Kind::None) server.bearer = Secret("token");
    return usableServer(server);
}

/// Flink 2.3 writes a plan where the folder's name in an address would be: “a%20b” for “a b”.
Status usablePlanFolder(const std::string& folder) {
    if (folder.empty()) return {};
    RW_TRY(oneLineOnly(folder));
    if (!folder.starts_with('/'))
        return wrongTarget(RW_TEXT("cluster", "The path of the folder of plans does not begin with a slash."),
                           RW_TEXT("cluster", "Write the whole path, as the SQL gateway sees it, too."));
    const std::size_t odd = folder.find_first_of(" \"#%<>?[\\]^`{|}");
    if (odd != std::string::npos)
        return wrongTarget(
            RW_TEXT("cluster", "Flink can't write plans to a folder with “%1” in its path.")
                .with(folder.substr(odd, 1)),
            RW_TEXT("cluster", "Take another folder, or a link to this one without such characters."));
    return {};
}

Result<HttpServer> serverOf(const Target& target, const std::string& address, const SecretSource& secrets) {
    if (target.engine != Engine::Flink)
        return wrongTarget(RW_TEXT("cluster", "“%1” is no Flink.").with(target.name),
                           RW_TEXT("cluster", "Choose a target that is one."));
    HttpServer server;
    server.address = address;
    server.caFile = target.flink.caFile;
    const SecretSource& ask = secrets ? secrets : SecretSource(environmentSecret);
    RW_TRY_ASSIGN(server.bearer, ask(target.flink.token));
    RW_TRY(usableServer(server));
    return server;
}

}  // namespace

const std::vector<TargetField>& flinkFields() {
    static const std::vector<TargetField> kFields = fieldsOfFlink();
    return kFields;
}

Target usualFlink() {
    return flinkAt("http://127.0.0.1:8083", "http://127.0.0.1:8081");
}

Target localFlink() {
    return flinkAt("http://127.0.0.1:18083", "http://127.0.0.1:18081");
}

Status usableFlink(const FlinkAddress& place) {
    RW_TRY(inField("gateway", usableAddress(place.gateway, place,
                                            RW_TEXT("cluster", "The SQL gateway has no address."))));
    RW_TRY(inField("job_manager", usableAddress(place.jobManager, place,
                                                RW_TEXT("cluster", "The JobManager has no address."))));
    RW_TRY(inField("ca_file", oneLineOnly(place.caFile)));
    if (!place.caFile.empty() && !place.caFile.starts_with('/'))
        return inField("ca_file",
                       wrongTarget(RW_TEXT("cluster", "The path of the CA file does not begin with a slash."),
                                   RW_TEXT("cluster", "Write the whole path.")));
    RW_TRY(inField("plan_folder", usablePlanFolder(place.planFolder)));
    return inField("token", usableReference(place.token));
}

Result<HttpServer> gatewayOf(const Target& target, const SecretSource& secrets) {
    return serverOf(target, target.flink.gateway, secrets);
}

Result<HttpServer> jobManagerOf(const Target& target, const SecretSource& secrets) {
    return serverOf(target, target.flink.jobManager, secrets);
}

}  // namespace rw
