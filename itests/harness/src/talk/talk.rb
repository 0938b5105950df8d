hash = {  
  hosts: [  
    {  
      login: "system",  
      passcode: "manager",  
      host: "localhost",  
      port: 61612, ssl: false},  
    ],  
  }  
  client = Stomp::Client.new(hash)  
  client.publish(user.queue,  
    "Welcome")
