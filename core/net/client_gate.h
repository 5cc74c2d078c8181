// Lets other threads end the requests of a thread to servers: its HTTP clients register here.
#pragma once
#include <mutex>
#include <vector>

#include "core/net/http_client.h"

namespace rw {

/// Any thread may call, but allow() and resume() are for the thread whose clients these are.
class ClientGate {
 public:
    /// A client that is here as long as this lives.
    class Entry {
     public:
        Entry(ClientGate& gate, HttpClient& client);
        ~Entry();
        Entry(const Entry&) = delete;
        Entry& operator=(const Entry&) = delete;

     private:
        ClientGate& m_gate;
        HttpClient& m_client;
    };

    /// Whether interrupt() does anything: not while a request is under way that must not be lost, such as one
    /// that starts a job. At first it does.
    void allow(bool interruptions);
    /// Ends the request under way, and all further ones until resume().
    void interrupt();
    void resume();
    /// As interrupt(), but always, and for good; a caller that resumes its client itself must be ended again.
    void force();

 private:
    void cancelAll();

    std::mutex m_mutex{};
    std::vector<HttpClient*> m_clients{};
    bool m_allowed = true, m_interrupted = false, m_forced = false;
};

}  // namespace rw
