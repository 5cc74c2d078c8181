#include "core/cluster/target.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/ascii.h"
#include "core/net/http_error.h"

namespace rw {

namespace {

/// The engine inside goes by this name wherever targets are listed.
constexpr std::string_view kEmbeddedName = "embedded";

bool isControl(char c) {
    return isAsciiControl(c);
}

bool hasControls(std::string_view text) {
    return std::any_of(text.begin(), text.end(), isControl);
}

/// The same error, said to be of that field.
Status inField(const char* param, const Status& status) {
    if (status.ok()) return status;
    Error error = status.error();
    error.param = param;
    return Status(std::move(error));
}

Status wrongTarget(Text message, Text fix) {
    return {ErrorCode::Invalid, std::move(message), std::move(fix)};
}

Status oneLineOnly(const std::string& text) {
    if (!hasControls(text)) return {};
    return wrongTarget(RW_TEXT("cluster", "There is a line break, or another control character, in it."),
                       RW_TEXT("cluster", "Write it on one line."));
}

Status usableName(const std::string& name) {
    if (name.empty())
        return wrongTarget(RW_TEXT("cluster", "The target has no name."),
                           RW_TEXT("cluster", "Give it one by which you know it."));
    if (name.find('/') != std::string::npos)
        return wrongTarget(RW_TEXT("cluster", "The name of a target can't hold a slash."),
                           RW_TEXT("cluster", "Take “/” out of it; the address has a field of its own."));
    if (name.front() == ' ' || name.back() == ' ')
        return wrongTarget(RW_TEXT("cluster", "The name begins or ends with a space."),
                           RW_TEXT("cluster", "Take the space away."));
    if (inAsciiSmall(name) == kEmbeddedName)
        return wrongTarget(
            RW_TEXT("cluster", "“%1” is the engine of this program; no other target has that name.")
                .with(name),
            RW_TEXT("cluster", "Choose another name."));
    return oneLineOnly(name);
}

/// A token that was typed here by mistake is not repeated in the error.
Status usableReference(const SecretRef& secret) {
    switch (secret.kind) {
        case SecretRef::Kind::None:
            return {};
        case SecretRef::Kind::Keyring:
            if (!secret.name.empty() && !hasControls(secret.name)) return {};
            return wrongTarget(RW_TEXT("cluster", "The token is not in the keyring yet."),
                               RW_TEXT("cluster", "Type it in the Preferences, under Targets."));
        case SecretRef::Kind::Environment:
            break;
    }
    const auto letter = [](char c) { return isAsciiLetter(c) || isAsciiDigit(c) || c == '_'; };
    const bool digitFirst = !secret.name.empty() && isAsciiDigit(secret.name.front());
    if (!secret.name.empty() && !digitFirst && std::all_of(secret.name.begin(), secret.name.end(), letter))
        return {};
    return wrongTarget(
        RW_TEXT("cluster", "That is no name of an environment variable."),
        RW_TEXT("cluster",
                "Write letters, digits and _ only, as FLINK_TOKEN. The token itself stands in the "
                "variable, never here."));
}

Status usableAddress(const std::string& address, const FlinkAddress& place, const Text& missing) {
    if (address.empty())
        return wrongTarget(missing, RW_TEXT("cluster",
                                            "Write http:// or https://, the computer's name and the port: "
                                            "http://127.0.0.1:8083."));
    HttpServer server;
    server.address = address;
    // Whatever the token is: it must not go there for everybody to read.
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

/// “spark.authenticate.secret=…”, as one word or behind “--conf=”.
bool holdsSecret(std::string_view option) {
    constexpr std::string_view kConf = "--conf=";
    if (option.starts_with(kConf)) option.remove_prefix(kConf.size());
    const std::size_t equals = option.find('=');
    if (equals == std::string_view::npos || equals + 1 == option.size()) return false;
    const std::string key = inAsciiSmall(option.substr(0, equals));
    constexpr std::array<std::string_view, 4> kSecrets{"password", "secret", "secret.key", "secretkey"};
    return std::any_of(kSecrets.begin(), kSecrets.end(),
                       [&key](std::string_view end) { return key.ends_with(end); });
}

Status usableOption(const std::string& option) {
    if (option.empty())
        return wrongTarget(RW_TEXT("cluster", "One of the options is empty."),
                           RW_TEXT("cluster", "Take the empty line away."));
    RW_TRY(oneLineOnly(option));
    if (option.starts_with("--") && option.find(' ') < option.find('='))
        return wrongTarget(
            RW_TEXT("cluster", "spark-submit would take “%1” for one word.").with(option),
            RW_TEXT("cluster", "Write each word on a line of its own: --conf, and below it what is set."));
    if (holdsSecret(option))
        return wrongTarget(RW_TEXT("cluster", "“%1” would put a secret into the file of targets.")
                               .with(option.substr(0, option.find_last_of('='))),
                           RW_TEXT("cluster", "Keep it in the spark-defaults.conf of the Spark."));
    return {};
}

/// Options of spark-submit behind which no value stands.
bool standsAlone(const std::string& option) {
    constexpr std::array<std::string_view, 7> kAlone{"--verbose", "-v",        "--supervise",  "--help",
                                                     "-h",        "--version", "--usage-error"};
    return std::find(kAlone.begin(), kAlone.end(), option) != kAlone.end();
}

/// What would keep it from running our program here, or from telling us anything.
Status leftOut(const std::string& option, const std::string& value) {
    constexpr std::array<std::string_view, 8> kOther{"--help", "-h",       "--version", "--usage-error",
                                                     "--kill", "--status", "--class",   "--supervise"};
    if (option == "--master")
        return wrongTarget(RW_TEXT("cluster", "The master has a field of its own."),
                           RW_TEXT("cluster", "Write %1 there, and take both lines away here.").with(value));
    if (option == "--remote")
        return wrongTarget(RW_TEXT("cluster", "Programs are made for spark-submit, not for Spark Connect."),
                           RW_TEXT("cluster", "Take --remote away, and give the address of a master."));
    if (std::find(kOther.begin(), kOther.end(), option) != kOther.end())
        return wrongTarget(
            RW_TEXT("cluster", "With %1 spark-submit does not run the program here.").with(option),
            RW_TEXT("cluster", "Take it away."));
    const std::size_t equals = value.find('=');
    const std::string key = option == "--conf" || option == "-c" ? value.substr(0, equals) : std::string();
    const std::string set = equals == std::string::npos ? std::string() : value.substr(equals + 1);
    const bool inCluster = (option == "--deploy-mode" && value != "client") ||
                           (key == "spark.submit.deployMode" && set != "client");
    if (inCluster)
        return wrongTarget(
            RW_TEXT("cluster", "A program whose driver runs on the cluster can't tell this one how it does."),
            RW_TEXT("cluster", "Take the deploy mode away: the driver runs here, the work is done there."));
    if (key == "spark.remote" || (key == "spark.api.mode" && set == "connect"))
        return wrongTarget(RW_TEXT("cluster", "Programs are made for spark-submit, not for Spark Connect."),
                           RW_TEXT("cluster", "Take %1 away, and give the address of a master.").with(key));
    return {};
}

/// As spark-submit reads them: what it takes for the program would not be ours.
Status usableOptions(const std::vector<std::string>& options) {
    for (const std::string& option : options) RW_TRY(usableOption(option));
    for (std::size_t i = 0; i < options.size(); ++i) {
        const std::string& word = options[i];
        if (!word.starts_with('-'))
            return wrongTarget(
                RW_TEXT("cluster", "spark-submit would take “%1” for the program that it runs.").with(word),
                RW_TEXT("cluster", "Write the option that it belongs to above it, as --conf."));
        const std::size_t equals = word.starts_with("--") ? word.find('=') : std::string::npos;
        const std::string option = word.substr(0, equals);
        const bool alone = standsAlone(option) || equals != std::string::npos;
        if (!alone && i + 1 == options.size())
            return wrongTarget(RW_TEXT("cluster", "There is nothing behind “%1”.").with(word),
                               RW_TEXT("cluster", "Write its value on the next line, or take it away."));
        const std::string value = equals != std::string::npos ? word.substr(equals + 1)
                                  : alone                     ? std::string()
                                                              : options[++i];
        RW_TRY(leftOut(option, value));
    }
    return {};
}

/// Those that spark-submit takes.
Status usableMaster(const std::string& master) {
    if (master.empty())
        return wrongTarget(RW_TEXT("cluster", "Spark has no master."),
                           RW_TEXT("cluster",
                                   "Write local[*] for this computer, or the address of one: "
                                   "spark://computer:7077."));
    RW_TRY(oneLineOnly(master));
    const bool address = (master.starts_with("spark://") && master.size() > 8) ||
                         (master.starts_with("k8s://") && master.size() > 6);
    if (address || master == "yarn" || runsHere({"", master, {}})) return {};
    return wrongTarget(RW_TEXT("cluster", "“%1” is no master of Spark.").with(master),
                       RW_TEXT("cluster",
                               "Write local[*] for this computer, spark://computer:7077, yarn, or "
                               "k8s://https://computer:6443."));
}

Status usableSpark(const Target& target) {
    const SparkAddress& place = target.spark;
    if (place.submit.empty())
        return inField("submit", wrongTarget(RW_TEXT("cluster", "There is no spark-submit to start."),
                                             RW_TEXT("cluster", "Write spark-submit, or its whole path.")));
    RW_TRY(inField("submit", oneLineOnly(place.submit)));
    RW_TRY(inField("master", usableMaster(place.master)));
    RW_TRY(inField("options", usableOptions(place.options)));
    const bool elsewhere = place.master == "yarn" || place.master.starts_with("k8s://");
    if (elsewhere && target.folder.empty())
        return inField(
            "folder",
            wrongTarget(RW_TEXT("cluster", "Containers of that master see no file of this computer."),
                        RW_TEXT("cluster",
                                "Write where the data, and checkpoints, lie for it: "
                                "hdfs://computer/data, s3a://bucket/data.")));
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

bool runsHere(const SparkAddress& place) {
    const std::string_view master = place.master;
    return master == "local" || (master.starts_with("local[") && master.ends_with(']')) ||
           master.starts_with("local-cluster[");
}

Status usableTarget(const Target& target) {
    RW_TRY(inField("name", usableName(target.name)));
    RW_TRY(inField("folder", oneLineOnly(target.folder)));
    return target.engine == Engine::Flink ? usableFlink(target.flink) : usableSpark(target);
}

Result<HttpServer> gatewayOf(const Target& target, const SecretSource& secrets) {
    return serverOf(target, target.flink.gateway, secrets);
}

Result<HttpServer> jobManagerOf(const Target& target, const SecretSource& secrets) {
    return serverOf(target, target.flink.jobManager, secrets);
}

}  // namespace rw
