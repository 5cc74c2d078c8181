#include "core/deploy/blanks.h"

#include <algorithm>

#include "core/connect/connections/connection_kind.h"
#include "core/connect/connections/host_port.h"
#include "core/connect/connections/usable_connection.h"
#include "core/deploy/form.h"

namespace rw {

namespace {

/// “shop_kafka_address” of “shop-kafka” and “address”.
std::string blankName(const Blank& blank) {
    std::string name = blank.connection + "_" + blank.field;
    for (char& c : name) {
        const bool small = c >= 'a' && c <= 'z', capital = c >= 'A' && c <= 'Z';
        const bool digit = c >= '0' && c <= '9';
        if (!small && !capital && !digit) c = '_';
        if (small && blank.secret) c = static_cast<char>(c - 'a' + 'A');
        if (capital && !blank.secret) c = static_cast<char>(c - 'A' + 'a');
    }
    const bool begins = (name.front() < '0' || name.front() > '9') && name.front() != '_';
    return begins ? name : (blank.secret ? "C_" : "c_") + name;
}

/// The addresses, each with its port.
std::string withPorts(const std::string& addresses, int otherwise) {
    const Result<std::vector<HostPort>> all = parseHostPorts(addresses, otherwise);
    if (!all.ok()) return addresses;
    std::string out;
    for (const HostPort& each : *all) {
        const bool numbers = each.host.find(':') != std::string::npos;  // of IPv6
        out += (out.empty() ? "" : ",") + (numbers ? "[" + each.host + "]" : each.host) + ":" +
               std::to_string(each.port);
    }
    return out;
}

bool sameBlank(const Blank& a, const Blank& b) {
    return a.connection == b.connection && a.field == b.field && a.inQuotes == b.inQuotes;
}

}  // namespace

Text blankText(const Blank& blank) {
    if (blank.field == "address") return RW_TEXT("deploy", "where “%1” is").with(blank.connection);
    if (blank.field == "password") return RW_TEXT("deploy", "the password of “%1”").with(blank.connection);
    if (blank.field == "key_passphrase")
        return RW_TEXT("deploy", "the passphrase of the key of “%1”").with(blank.connection);
    if (blank.field == "ca_file")
        return RW_TEXT("deploy", "the certificates (PEM) that “%1” is verified by").with(blank.connection);
    if (blank.field == "keystore")
        return RW_TEXT("deploy", "a file with the client certificate and its key (PEM) for “%1”")
            .with(blank.connection);
    if (blank.field == "sslmode")
        return RW_TEXT("deploy", "verify-full where “%1” speaks TLS, disable where it does not")
            .with(blank.connection);
    if (blank.field == "webhdfs")
        return RW_TEXT("deploy", "where Hadoop's client finds “%1”, webhdfs://…").with(blank.connection);
    if (blank.field == "hdfs")
        return RW_TEXT("deploy", "where the NameNode of “%1” speaks Hadoop's own protocol, hdfs://…")
            .with(blank.connection);
    return RW_TEXT("deploy", "%1 of “%2”").with(blank.field, blank.connection);
}

std::string Blanks::add(Blank blank) {
    const auto same = std::find_if(m_blanks.begin(), m_blanks.end(),
                                   [&blank](const Blank& each) { return sameBlank(each, blank); });
    if (same != m_blanks.end()) return "${" + same->name + "}";
    blank.name = blankName(blank);
    const auto taken = [&] {
        return m_variables.contains(blank.name) ||
               std::any_of(m_blanks.begin(), m_blanks.end(),
                           [&blank](const Blank& each) { return each.name == blank.name; });
    };
    while (taken()) blank.name += "_";
    m_blanks.push_back(blank);
    return "${" + blank.name + "}";
}

FormConnection::FormConnection(NodeForm& form, std::string_view param)
    : m_form(form), m_name(form.params().text(param)) {
    const KnownConnections& all = form.options().validate.connections;
    if (!all) return;
    for (const KnownConnection& each : all->connections) {
        if (each.name == m_name) m_known = &each;
    }
}

std::string FormConnection::kind() const {
    return m_known != nullptr ? m_known->kind : std::string();
}

std::string FormConnection::field(const std::string& which) const {
    if (m_known == nullptr) return {};
    const auto found = m_known->fields.find(which);
    return found == m_known->fields.end() ? std::string() : found->second;
}

bool FormConnection::hasSecret(std::string_view secret) const {
    return m_known != nullptr &&
           std::find(m_known->secrets.begin(), m_known->secrets.end(), secret) != m_known->secrets.end();
}

Status FormConnection::usable() const {
    if (m_known == nullptr) return {};
    return usableChoices({m_known->name, m_known->kind, m_known->fields, {}});
}

Blank FormConnection::blankOf(const std::string& which) const {
    Blank blank;
    blank.connection = m_name;
    blank.field = which;
    blank.value = field(which);
    return blank;
}

std::string FormConnection::text(const std::string& which) {
    return known() ? field(which) : m_form.blank(blankOf(which));
}

std::string FormConnection::address() {
    Blank blank = blankOf("address");
    const ConnectionKind* const of = connectionKind(kind());
    const ConnectionFieldSpec* const spec = of != nullptr ? connectionField(*of, "address") : nullptr;
    if (spec != nullptr && spec->port > 0) blank.value = withPorts(blank.value, spec->port);
    return m_form.blank(std::move(blank));
}

std::string FormConnection::file(const std::string& which) {
    Blank blank = blankOf(which);
    blank.file = true;
    return m_form.blank(std::move(blank));
}

std::string FormConnection::secret(const std::string& which, bool inQuotes) {
    Blank blank = blankOf(which);
    blank.value.clear();
    blank.secret = true;
    blank.inQuotes = inQuotes;
    return m_form.blank(std::move(blank));
}

std::string FormConnection::unknownFile(const std::string& which) {
    Blank blank = blankOf(which);
    blank.value.clear();
    blank.file = true;
    return m_form.blank(std::move(blank));
}

std::string FormConnection::open(const std::string& what, std::string value) {
    Blank blank = blankOf(what);
    blank.value = std::move(value);
    return m_form.blank(std::move(blank));
}

}  // namespace rw
