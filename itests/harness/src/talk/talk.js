var url = "ws://localhost:61614/stomp";
var login = "";
var passcode = "";
var destination = "test_...";
var client = Stomp.client(url);
var onconnect = function(frame) {
    client.subscribe(destination, function(message) {
        $( "#messages" ).
            append( "<p>" + message.body + "</p>\n" );
    });
};
client.connect(login, passcode, onconnect);
