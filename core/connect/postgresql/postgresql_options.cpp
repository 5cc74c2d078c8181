#include "core/connect/postgresql/postgresql_options.h"

#include "core/connect/connections/connection_kind.h"
#include "core/connect/connections/host_port.h"
#include "core/connect/postgresql/postgresql_client.h"
#include "core/net/socket_wait.h"

namespace rw {

Result<PostgresqlOptions> postgresqlOptions(const NodeConnection& connection, const std::string& name) {
    RW_TRY_ASSIGN(const HostPort at, parseHostPort(connection.field("address"), PostgresqlClient::kPort));
    PostgresqlOptions options{{"host", at.host},
                              {"port", std::to_string(at.port)},
                              {"dbname", connection.field("database")},
                              {"user", connection.field("user")},
                              {"application_name", name},
                              {"client_encoding", "UTF8"},
                              // Other than PGOPTIONS of the person's own programs.
                              {"options", ""},
                              {"gssencmode", "disable"},
                              // A server that is gone without a word is noticed.
                              {"keepalives_idle", "5"},
                              {"keepalives_interval", "3"},
                              {"keepalives_count", "3"},
                              {"tcp_user_timeout", "15000"}};
    if (!usesTls(connection.connection())) {
        options.emplace_back("sslmode", "disable");
        return options;
    }
    const std::string ca = connection.field("ca_file");
    options.emplace_back("sslmode", "verify-full");
    options.emplace_back("sslrootcert", ca.empty() ? systemCaFile() : ca);
    for (const auto& [option, field] :
         PostgresqlOptions{{"sslcert", "client_certificate"}, {"sslkey", "client_key"}}) {
        if (std::string value = connection.field(field); !value.empty())
            options.emplace_back(option, std::move(value));
    }
    return options;
}

}  // namespace rw
