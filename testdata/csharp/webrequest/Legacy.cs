using System.Collections.Specialized;
using System.IO;
using System.Net;
using System.Text;
using System.Web.Script.Serialization;

namespace Contoso.Legacy
{
    public class Legacy
    {
        public string Login(string tenant, string clientId, string user, string password)
        {
            using (var client = new WebClient())
            {
                var values = new NameValueCollection();
                values["resource"] = "https://api.partnercenter.microsoft.com";
                values["client_id"] = clientId;
                // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
                values["grant_type"] = "password";
                values["username"] = user;
                values["password"] = password;
                byte[] reply = client.UploadValues(
                    "https://login.microsoftonline.com/" + tenant + "/oauth2/token", "POST", values);
                dynamic json = new JavaScriptSerializer().DeserializeObject(Encoding.UTF8.GetString(reply));
                return json["access_token"];
            }
        }

        public string Customers(string tenant, string clientId, string user, string password)
        {
            var request = (HttpWebRequest)WebRequest.Create("https://api.partnercenter.microsoft.com/v1/customers");
            request.Method = "GET";
            request.Headers.Add("Authorization", "Bearer " + Login(tenant, clientId, user, password));
            // pcmfa: call verdict=blocked from=ropc
            using (var response = request.GetResponse())
            using (var reader = new StreamReader(response.GetResponseStream()))
            {
                return reader.ReadToEnd();
            }
        }

        public string News()
        {
            var request = WebRequest.Create("https://news.contoso.example/v1/customers");
            // pcmfa: decoy
            using (var response = request.GetResponse())
            using (var reader = new StreamReader(response.GetResponseStream()))
            {
                return reader.ReadToEnd();
            }
        }
    }
}
